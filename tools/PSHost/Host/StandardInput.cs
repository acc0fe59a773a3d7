using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace EngineHost;

/// <summary>Hands the lines of standard input to a pipeline as its $input.</summary>
internal static class StandardInput
{
    public static void FeedTo(PipelineWriter input)
    {
        var reader = new Thread(() => Copy(Console.In, input)) { IsBackground = true, Name = "standard input" };
        reader.Start();
    }

    private static void Copy(TextReader lines, PipelineWriter input)
    {
        try
        {
            while (lines.ReadLine() is { } line)
            {
                input.Write(line);
            }

            input.Close();
        }
        catch (PipelineClosedException)
        {
            // The script ended before its input did.
        }
    }
}
