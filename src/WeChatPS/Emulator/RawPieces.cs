using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text;

namespace WeChatPS;

/// <summary>The pieces of a raw response as the user writes them: texts, bytes and pauses.</summary>
internal static class RawPieces
{
    public static List<object> Of(IEnumerable<object?> parts)
    {
        var pieces = new List<object>();
        var bytes = new List<byte>();
        int pause = 0;
        foreach (object? part in parts)
        {
            switch (part is PSObject wrapped ? wrapped.BaseObject : part)
            {
                case byte one:
                    bytes.Add(one);
                    break;
                case byte[] many:
                    bytes.AddRange(many);
                    break;
                case int milliseconds and >= 0:
                    if (bytes.Count > 0)
                        Finish();
                    pause += milliseconds;
                    break;
                case string or char:
                    bytes.AddRange(Encoding.UTF8.GetBytes(part!.ToString()!));
                    break;
                default:
                    throw new WeChatException(
                        WeChatErrorReason.EmulatorFailed,
                        $"-Reply takes texts, bytes, and pauses as whole numbers of milliseconds. '{part}' is none of them.");
            }
        }

        if (bytes.Count > 0 || pause > 0)
            Finish();
        return pieces;

        void Finish()
        {
            pieces.Add(new { dataBase64 = Convert.ToBase64String([.. bytes]), pauseMs = pause });
            bytes.Clear();
            pause = 0;
        }
    }
}
