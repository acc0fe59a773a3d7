using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeChatPS.Sessions;

namespace WeChatPS.Http;

/// <summary>
/// The file of -LogPath: one JSON line for each request, without secrets, readable only by its owner. If the file cannot be written,
/// the log ends with one notice and the requests continue.
/// </summary>
internal sealed class WireLog(string path, bool withBodies, Action<string> notice) : IDisposable
{
    /// <summary>The largest logged part of a body, in bytes.</summary>
    public const int BodyLimit = 64 * 1024;

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly object _gate = new();
    private FileStream? _file;
    private LogTurn? _turn;
    private volatile bool _closed;

    public void Write(WireExchange exchange)
    {
        if (_closed)
            return;
        lock (_gate)
        {
            if (_closed)
                return;
            try
            {
                byte[] line = Line(exchange);
                _file ??= OwnerOnly.Open(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                _turn ??= new LogTurn(path);
                _turn.Take(() => Append(_file, line));
            }
            catch (Exception e)
            {
                // Whatever it is, the requests continue.
                Close();
                notice($"The log {path} cannot be written. Logging stops: {e.Message}");
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
            Close();
    }

    private static void Append(FileStream file, byte[] line)
    {
        file.Seek(0, SeekOrigin.End); // another session may have written
        file.Write(line, 0, line.Length);
        file.Flush();
    }

    private void Close()
    {
        _closed = true;
        _turn?.Dispose();
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // The failure to write was already reported.
        }
    }

    private byte[] Line(WireExchange exchange)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, s_json))
            Write(json, exchange);
        return Encoding.UTF8.GetBytes(Escaped(Encoding.UTF8.GetString(line.ToArray())) + "\n");
    }

    // The JSON writer does not escape format characters such as direction marks, which would reorder the line in a terminal.
    private static string Escaped(string json)
    {
        var text = new StringBuilder(json.Length + 16);
        foreach (char c in json)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }

        return text.ToString();
    }

    private void Write(Utf8JsonWriter json, WireExchange exchange)
    {
        WireRequest request = exchange.Request;
        json.WriteStartObject();
        json.WriteString("time", exchange.Time);
        json.WriteString("endpoint", request.Endpoint);
        json.WriteString("method", request.Method.Method);
        json.WriteString("host", request.Uri.Authority);
        json.WriteString("path", Redaction.Redact(request.Uri.AbsolutePath));
        json.WriteString("query", Redaction.Redact(request.Uri.Query));
        json.WriteNumber("sent", request.BodyLength);
        if (exchange.Reply is { } reply)
        {
            json.WriteNumber("status", reply.Status);
            json.WriteNumber("received", reply.Received);
        }

        json.WriteNumber("ms", Math.Round(exchange.Took.TotalMilliseconds, 1));
        if (exchange.Reply is null)
            json.WriteString("failure", exchange.Failure?.Failure.ToString() ?? "Cancelled");
        if (withBodies)
        {
            json.WriteString("requestBody", request.Pieces is null ? Text(request.Body) : Data(request.BodyLength));
            json.WriteString("replyBody", Text(exchange.Reply?.Body ?? default));
        }

        json.WriteEndObject();
    }

    private static string Data(long length) => $"({length} bytes of data)";

    private static string Text(ReadOnlyMemory<byte> body)
    {
        // A body with a NUL is an image or a file, which has no use in a log.
        if (body.Span.IndexOf((byte)0) >= 0)
            return Data(body.Length);
        // Cut before redaction, which also masks a value without an end.
        ReadOnlyMemory<byte> shown = body.Length > BodyLimit ? body.Slice(0, BodyLimit) : body;
        string text = Redaction.Redact(Encoding.UTF8.GetString(shown.ToArray()));
        return shown.Length == body.Length ? text : $"{text}… ({body.Length} bytes in all)";
    }
}
