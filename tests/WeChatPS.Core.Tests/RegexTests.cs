using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests;

/// <summary>No text of other people can keep a regular expression busy for long: each has a time-out, wherever it is made.</summary>
public sealed class RegexTests
{
    public static TheoryData<Type> Assemblies => [typeof(WeChatSession), typeof(WeChatEmulator)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_regular_expression_has_a_time_out(Type one)
    {
        Assert.Empty(RegexCalls.WithoutTimeOut(one.Assembly.Location));
        Assert.DoesNotContain(Generated(one.Assembly), regex => regex.MatchTimeout == Regex.InfiniteMatchTimeout);
    }

    [Fact]
    public void The_check_sees_those_that_have_none() => Assert.NotEmpty(RegexCalls.WithoutTimeOut(typeof(RegexTests).Assembly.Location));

    // The generator of [GeneratedRegex] makes one class a pattern, with its only object in a field.
    private static IEnumerable<Regex> Generated(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Regex)))
        .Select(type => (Regex)type.GetField("Instance", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(null)!);
}
