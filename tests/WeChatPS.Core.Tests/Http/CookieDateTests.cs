using System;
using System.Globalization;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

public sealed class CookieDateTests
{
    [Theory]
    [InlineData("Mon, 31-Dec-2018 11:12:21 GMT", "2018-12-31T11:12:21Z")] // as webwxnewloginpage writes it
    [InlineData("Wed, 02-Jan-2019 23:12:23 GMT", "2019-01-02T23:12:23Z")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z")]
    [InlineData("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z")]
    [InlineData("01-Jan-2038 00:00:00", "2038-01-01T00:00:00Z")]
    [InlineData("01-Jan-38 00:00:00 GMT", "2038-01-01T00:00:00Z")]
    [InlineData("01-Jan-70 00:00:00 GMT", "1970-01-01T00:00:00Z")]
    [InlineData("1 january 2030 1:2:3", "2030-01-01T01:02:03Z")]
    [InlineData("Fri, 31-Dec-9999 23:59:59 GMT", "9999-12-31T23:59:59Z")]
    public void Dates_are_read_in_whatever_form_servers_write_them(string text, string expected)
    {
        Assert.True(CookieDate.TryParse(text, out DateTimeOffset date));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), date);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("tomorrow")]
    [InlineData("31-Dec-2018")]
    [InlineData("31-Feb-2018 10:00:00")]
    [InlineData("31-Dec-1600 10:00:00")]
    [InlineData("31-Dec-20188 10:00:00")]
    [InlineData("01-Jan-2030 24:00:00")]
    [InlineData("01-Xyz-2030 10:00:00")]
    public void What_is_no_date_is_refused(string text) => Assert.False(CookieDate.TryParse(text, out _));
}
