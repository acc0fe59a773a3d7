using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Content.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = ByPath)]
public sealed class GetContentCommand : PathCommand
{
    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0, long.MaxValue)]
    public long TotalCount { get; set; } = -1;

    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = -1;

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (string resolved in Resolve(path, out ProviderInfo provider))
        {
            if (IsFile(provider))
            {
                if (Directory.Exists(resolved))
                    throw new UnauthorizedAccessException($"Access to the path '{resolved}' is denied: it is a directory.");
                ReadFile(resolved);
            }
            else
            {
                ReadItem(path);
            }
        }
    });

    private void ReadFile(string file)
    {
        if (AsByteStream)
        {
            WriteObject(File.ReadAllBytes(file), enumerateCollection: !Raw);
        }
        else if (Raw)
        {
            if (new FileInfo(file).Length > 0) WriteObject(File.ReadAllText(file, Encoding));
        }
        else
        {
            IEnumerable<string> lines = File.ReadLines(file, Encoding);
            if (Tail >= 0) lines = lines.TakeLast(Tail);
            foreach (string line in TotalCount >= 0 ? lines.Take((int)Math.Min(TotalCount, int.MaxValue)) : lines)
            {
                if (Stopping) return;
                WriteObject(line);
            }
        }
    }

    private void ReadItem(string path)
    {
        foreach (IContentReader reader in InvokeProvider.Content.GetReader([path], Force, IsLiteral))
        {
            using (reader)
            {
                while (reader.Read(1) is { Count: > 0 } items) WriteObject(items, enumerateCollection: true);
            }
        }
    }
}

/// <summary>Set-Content and Add-Content.</summary>
public abstract class WriteContentCommand : PathCommand
{
    private readonly List<object?> _items = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected abstract bool Append { get; }

    protected override void ProcessRecord() => _items.AddRange(Value ?? [null]);

    protected override void EndProcessing()
    {
        ForEachPath(path =>
        {
            if (!ShouldProcess(path)) return;
            foreach (string target in Targets(path, out ProviderInfo provider))
            {
                if (IsFile(provider)) WriteFile(target);
                else InvokeProvider.Item.Set([path], _items.Count == 1 ? _items[0] : _items.ToArray(), Force, IsLiteral);
            }
        });
        if (PassThru) WriteObject(_items, enumerateCollection: true);
    }

    // What is not there yet is made, unless it is a pattern.
    private IEnumerable<string> Targets(string path, out ProviderInfo provider) =>
        !IsLiteral && WildcardPattern.ContainsWildcardCharacters(path)
        ? GetResolvedProviderPathFromPSPath(path, out provider)
        : [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];

    private void WriteFile(string file)
    {
        using FileStream stream = new(file, Append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        if (AsByteStream)
        {
            stream.Write([.. _items.Select(LanguagePrimitives.ConvertTo<byte>)]);
            return;
        }

        using var writer = new StreamWriter(stream, Encoding);
        foreach (object? item in _items)
        {
            writer.Write(item is null ? "" : LanguagePrimitives.ConvertTo<string>(item));
            if (!NoNewline) writer.WriteLine();
        }
    }
}

/// <summary>Set-Content.</summary>
[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class SetContentCommand : WriteContentCommand
{
    protected override bool Append => false;
}

/// <summary>Add-Content.</summary>
[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class AddContentCommand : WriteContentCommand
{
    protected override bool Append => true;
}

/// <summary>Clear-Content.</summary>
[Cmdlet(VerbsCommon.Clear, "Content", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class ClearContentCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (ShouldProcess(path)) InvokeProvider.Content.Clear([path], Force, IsLiteral);
    });
}
