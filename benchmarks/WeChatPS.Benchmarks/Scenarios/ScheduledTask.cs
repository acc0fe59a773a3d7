using System.Collections.Generic;

namespace WeChatPS.Benchmarks;

/// <summary>What a scheduled task does: it imports, resumes, receives 20 messages, answers each and ends. Beside it a script that does nothing.</summary>
internal static class ScheduledTask
{
    private const int Messages = 20;

    public static IEnumerable<Figure> Run(Bench bench)
    {
        using Server server = Server.Start();
        Task();
        Rounds rounds = bench.Alternate(Task, () => Client.Module.Run("empty"));
        yield return rounds.Figure("from start to end; reference: an empty script", "s", one => one.Wall);
        yield return rounds.Figure("processor time; reference: an empty script", "s", one => one.Cpu);
        yield return rounds.Over("from start to end, over an empty script", "s", one => one.Wall);
        yield return rounds.Over("processor time, over an empty script", "s", one => one.Cpu);

        Reading Task()
        {
            using Store store = Client.Module.LogIn(server);
            server.Control.Deliver("第 {n} 条：服务器已恢复，请确认收到。", Messages);
            Reading reading = Client.Module.Run("task", server, store, "-Count", Bench.Argument(Messages));
            server.Control.EndSessions();
            return reading;
        }
    }
}
