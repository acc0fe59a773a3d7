using System.Globalization;

namespace WeChatPS.Emulator.State;

/// <summary>The contacts and groups of demonstrations.</summary>
internal static class DemoScenario
{
    public static void Fill(Account account)
    {
        Contact zhang = account.AddFriend("张三");
        Contact li = account.AddFriend("小四🌙", "李四");
        Contact wang = account.AddFriend("王五");
        Contact weather = account.AddOfficialAccount("每日天气");
        (zhang.Pinyin, wang.Pinyin, weather.Pinyin) = ("zhang san", "wang wu", "mei ri tian qi");
        (li.Pinyin, li.RemarkPinyin) = ("xiao si", "li si");
        account.Publish(weather, new Article("昨日回顾", "多云，最高 21 ℃", "https://example.com/weather?day=1&part=1", "https://example.com/1.jpg"));
        account.Publish(
            weather,
            new Article("今天有雨 ☔ & 大风 <橙色预警>", "带伞，少出门", "https://example.com/weather?day=2&part=1", "https://example.com/2.jpg"),
            new Article("一周天气", "", "https://example.com/weather?day=2&part=2", ""));
        Contact zhao = Account.NewStranger("赵六", sex: 1, "广东", "深圳", "机房里 & 电话旁");
        Contact sun = Account.NewStranger("孙七 <ops>", sex: 2, "四川", "成都");
        account.AddGroup("运维群", [new(zhang, "张三(值班)"), new(li), new(zhao, "赵六-机房"), new(sun)]);
        account.AddGroup("周末爬山", [new(li, "李队"), new(wang), new(zhao)], isSaved: false);
    }

    public static void AddFriends(Account account, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            account.AddFriend(string.Create(CultureInfo.InvariantCulture, $"好友{i:00000}"));
        }
    }
}
