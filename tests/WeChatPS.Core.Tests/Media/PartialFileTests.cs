using System.IO;
using System.Linq;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Media;
using Xunit;

namespace WeChatPS.Core.Tests.Media;

public sealed class PartialFileTests
{
    [Fact]
    public void A_file_gets_its_name_when_it_is_whole_and_a_missing_folder_is_made()
    {
        using var folder = new TemporaryFolder();
        string below = Path.Combine(folder.Path, "a", "b");
        using (var file = new PartialFile(below))
        {
            file.Stream.Write("x"u8);
            Assert.EndsWith(".part", Assert.Single(Directory.GetFiles(below)), System.StringComparison.Ordinal);
            Assert.Equal(Path.Combine(below, "n.txt"), file.KeepAs("n.txt", new SaveTarget(below, null, IfExists.Number)));
        }

        Assert.Equal("x", File.ReadAllText(Assert.Single(Directory.GetFiles(below))));
    }

    [Fact]
    public void Of_a_file_that_was_not_completed_nothing_remains()
    {
        using var folder = new TemporaryFolder();
        using (var file = new PartialFile(folder.Path))
            file.Stream.Write("x"u8);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_name_that_is_taken_gets_a_number()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["n (2).txt"]);
        foreach (string text in (string[])["1", "2", "3"])
            Keep(folder, text, IfExists.Number);

        Assert.Equal(["n (3).txt=2", "n (4).txt=3", "n.txt=1"], Files(folder));
    }

    [Fact]
    public void A_file_takes_another_ones_place_or_refuses_to()
    {
        using var folder = new TemporaryFolder();
        Keep(folder, "old", IfExists.Replace);
        Keep(folder, "new", IfExists.Replace);
        Assert.Equal(WeChatErrorReason.FileExists, Assert.Throws<WeChatException>(() => Keep(folder, "no", IfExists.Fail)).Reason);

        Assert.Equal(["n.txt=new"], Files(folder));
    }

    [Fact]
    public void What_is_read_only_is_replaced_by_those_alone_who_say_so()
    {
        using var folder = new TemporaryFolder();
        Keep(folder, "old", IfExists.Replace);
        new FileInfo(folder["n.txt"]).IsReadOnly = true;

        Assert.Equal(WeChatErrorReason.FileUnavailable, Assert.Throws<WeChatException>(() => Keep(folder, "no", IfExists.Replace)).Reason);
        Keep(folder, "new", IfExists.Replace, isForced: true);

        Assert.Equal(["n.txt=new"], Files(folder));
    }

    [Fact]
    public void A_folder_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["n.txt"]);

        Assert.Equal(WeChatErrorReason.FileUnavailable, Assert.Throws<WeChatException>(() => Keep(folder, "x", IfExists.Replace)).Reason);
        Assert.Empty(Files(folder));
    }

    [Fact]
    public void A_place_that_is_no_folder_is_an_error()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");

        Assert.Equal(WeChatErrorReason.FileUnavailable, Assert.Throws<WeChatException>(() => new PartialFile(folder["file"])).Reason);
    }

    private static void Keep(TemporaryFolder folder, string text, IfExists ifExists, bool isForced = false)
    {
        using var file = new PartialFile(folder.Path);
        file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.KeepAs("n.txt", new SaveTarget(folder.Path, "n.txt", ifExists) { ReplacesReadOnly = isForced });
    }

    private static string[] Files(TemporaryFolder folder) =>
        [.. Directory.GetFiles(folder.Path).Select(path => $"{Path.GetFileName(path)}={File.ReadAllText(path)}").Order(System.StringComparer.Ordinal)];
}
