using System.Threading.Tasks;

namespace WeChatPS.Emulator.State;

/// <summary>A few messages for demonstrations.</summary>
internal static class ChattyScript
{
    private static readonly IncomingMessage[] s_lines =
    [
        new() { From = "张三", Text = "在吗？今晚的发布几点开始？" },
        new() { From = "李四", Group = "运维群", Text = "@我\u2005 磁盘 92% 了 😱 <看一下>" },
        new() { From = "赵六", Group = "运维群", Kind = MessageKind.Image },
        new() { Group = "周末爬山", Kind = MessageKind.System, Text = "\"李队\"修改群名为“周末爬山”" },
        new() { From = "王五", Kind = MessageKind.File, FileName = "周报 (final).txt" },
        new() { From = "张三", Text = "好，收到 👍" },
    ];

    /// <summary>Runs once for each session, because some clients repeat webwxstatusnotify.</summary>
    public static async Task RunAsync(World world, WebSession session)
    {
        lock (world.Gate)
        {
            if (session.HasRunChatty)
            {
                return;
            }

            session.HasRunChatty = true;
        }

        foreach (IncomingMessage line in s_lines)
        {
            await Task.Delay(world.Options.ChattyInterval, world.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (world.Stopping.IsCancellationRequested)
            {
                return;
            }

            try
            {
                session.Account.Deliver(line);
            }
            catch (EmulatorException)
            {
                // The contact was removed. The others continue.
            }
        }
    }
}
