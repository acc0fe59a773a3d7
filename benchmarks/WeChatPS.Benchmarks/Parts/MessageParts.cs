using System;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using WeChatPS.Sessions;

namespace WeChatPS.Benchmarks;

/// <summary>One message, from its bytes to the object; and to the text that a person reads.</summary>
public class MessageParts
{
    private const int Messages = 60;

    private readonly ReadOnlyMemory<byte>[] _items =
        [.. Enumerable.Range(1, Messages).Select(n => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(SyncReplies.Message(n))))];

    private MessageReader _reader = null!;

    [GlobalSetup]
    public void Open()
    {
        var book = new ContactBook();
        book.SetSelf(new WeChatContact(SyncReplies.Self) { Kind = ContactKind.Self, NickName = "我" });
        _reader = new MessageReader(book, new Origin("bench", 1));
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void Read()
    {
        for (int i = 0; i < Messages; i++) _reader.Read(_items[i], i, 1);
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int ReadWithText()
    {
        int length = 0;
        for (int i = 0; i < Messages; i++) length += _reader.Read(_items[i], i, 1).Text.Length;
        return length;
    }
}
