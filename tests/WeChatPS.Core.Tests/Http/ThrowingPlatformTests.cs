using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

/// <summary>Whatever the platform throws, a caller sees a failure of the wire.</summary>
public sealed class ThrowingPlatformTests
{
    private static readonly Type[] s_fatal = [typeof(StackOverflowException), typeof(OutOfMemoryException), typeof(ThreadAbortException)];

    [Fact]
    public async Task Every_exception_of_the_framework_at_the_send_is_a_failure_of_the_wire()
    {
        foreach (Exception thrown in OfTheFramework())
            await AssertFailsAsync(thrown, () => throw thrown);
    }

    [Fact]
    public async Task Every_exception_of_the_framework_in_the_middle_of_a_body_is_a_failure_of_the_wire()
    {
        foreach (Exception thrown in OfTheFramework())
        {
            WireException failure = await AssertFailsAsync(thrown, () => Breaking(thrown));
            Assert.False(failure.NeverSent, $"After {thrown.GetType()} the request would count as not sent, although its reply had begun.");
        }
    }

    [Fact]
    public async Task Every_exception_of_the_framework_in_a_download_is_a_failure_of_the_wire()
    {
        foreach (Exception thrown in OfTheFramework())
        {
            using WeChatHttp sending = Http(() => throw thrown);
            await Assert.ThrowsAsync<WireException>(() => sending.OpenAsync(Request(), CancellationToken.None));

            using WeChatHttp reading = Http(() => Breaking(thrown));
            using WireDownload download = await reading.OpenAsync(Request(), CancellationToken.None);
            Assert.Equal(3, await download.ReadAsync(new byte[10]));
            await Assert.ThrowsAsync<WireException>(() => download.ReadAsync(new byte[10]));
        }
    }

    [Fact]
    public async Task A_brotli_body_that_cannot_be_undone_is_a_failure_of_the_wire()
    {
        using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 11\r\n\r\nnot brotli!");
        using var http = new WeChatHttp(new HttpSettings { NoProxy = true }, new CookieJar(), TimeProvider.System);

        WireException failure = await Assert.ThrowsAsync<WireException>(
            () => http.SendAsync(new WireRequest("webwxsync", HttpMethod.Get, server.Uri), CancellationToken.None));

        Assert.Equal(WireFailure.NotHttp, failure.Failure);
    }

    [Fact]
    public async Task The_callers_cancellation_is_none_of_them()
    {
        using var cancel = new CancellationTokenSource();
        using WeChatHttp http = Http(() =>
        {
            cancel.Cancel();
            throw new InvalidOperationException("Decoder ran into invalid data.");
        });

        OperationCanceledException thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => http.SendAsync(Request(), cancel.Token));

        Assert.Equal(cancel.Token, thrown.CancellationToken);
    }

    private static async Task<WireException> AssertFailsAsync(Exception thrown, Func<HttpResponseMessage> answer)
    {
        using WeChatHttp http = Http(answer);
        try
        {
            await http.SendAsync(Request(), CancellationToken.None);
        }
        catch (WireException failure)
        {
            Assert.Same(thrown, failure.InnerException);
            return failure;
        }
        catch (Exception other)
        {
            Assert.Fail($"{thrown.GetType()} came out as {other.GetType()}.");
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }

    private static HttpResponseMessage Breaking(Exception thrown)
    {
        int pieces = 0;
        return HandedReply.InPieces(() => pieces++ == 0 ? [1, 2, 3] : throw thrown);
    }

    private static WeChatHttp Http(Func<HttpResponseMessage> answer) =>
        new(new HttpSettings { Handler = () => new HandedReply(_ => answer()) }, new CookieJar(), TimeProvider.System);

    private static WireRequest Request() => new("webwxsync", HttpMethod.Post, new Uri("http://127.0.0.1:9/")) { Body = [1] };

    /// <summary>One exception of each public type in the framework's assemblies that can be constructed.</summary>
    private static List<Exception> OfTheFramework()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var all = new List<Exception>();
        foreach (string file in Directory.GetFiles(framework, "*.dll"))
        {
            foreach (Type type in PublicTypesOf(file))
            {
                if (typeof(Exception).IsAssignableFrom(type) && !type.IsAbstract && !type.ContainsGenericParameters
                    && !s_fatal.Any(fatal => fatal.IsAssignableFrom(type)) && Create(type) is { } exception)
                    all.Add(exception);
            }
        }

        // fewer than are there would prove nothing
        Assert.InRange(all.Count, 120, int.MaxValue);
        return all;
    }

    private static Type[] PublicTypesOf(string file)
    {
        try
        {
            // forwarded types are found where they are
            return Assembly.Load(AssemblyName.GetAssemblyName(file)).GetExportedTypes();
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException)
        {
            return []; // a library of the system
        }
    }

    private static Exception? Create(Type type)
    {
        foreach (ConstructorInfo constructor in type.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length))
        {
            try
            {
                object?[] arguments = [.. constructor.GetParameters().Select(parameter => Argument(parameter.ParameterType))];
                return (Exception)constructor.Invoke(arguments);
            }
            catch (Exception e) when (e is TargetInvocationException or ArgumentException or NotSupportedException or MemberAccessException)
            {
                // another constructor may do
            }
        }

        return null;
    }

    private static object? Argument(Type type) =>
        type == typeof(string) ? "thrown" : type.IsValueType && !type.IsByRefLike ? RuntimeHelpers.GetUninitializedObject(type) : null;
}
