using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

/// <summary>Faults that strike only what is said of one contact, and the login page that sends elsewhere.</summary>
public sealed class ContactFaultTests
{
    [Fact]
    public async Task A_bundle_with_a_given_name_is_refused_and_others_are_not()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        PlannedFault fault = emulator.Faults.Add(new Fault("webwxbatchgetcontact", FaultKind.Ret) { Contact = "周末爬山", Code = -1 });

        Assert.Equal(-1, await AskAsync("运维群", "周末爬山"));
        Assert.Equal(0, await AskAsync("运维群", "张三"));

        Assert.Equal(1, fault.Hits);

        async Task<int> AskAsync(string one, string other) => (await client.PostAsync(
            "webwxbatchgetcontact",
            $$"""{"BaseRequest":{{client.BaseRequest}},"Count":2,"List":[{"UserName":"{{client.UserName(one)}}"},{"UserName":"{{client.UserName(other)}}"}]}""")).Ret();
    }

    [Fact]
    public async Task Every_request_is_meant_that_names_the_contact_in_its_body_or_query()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        emulator.Faults.Add(new Fault("*", FaultKind.Html) { Contact = "王五" });

        Assert.Equal(0, (await client.SendTextAsync(client.UserName("张三"), "x")).Ret());
        string page = await client.GetTextAsync($"{WebClient.P}webwxgeticon?seq=1&username=%40{client.UserName("王五")[1..]}");

        Assert.StartsWith("<html>", page);
        Assert.Single(emulator.Sent);
    }

    [Fact]
    public async Task A_fault_for_somebody_who_does_not_exist_is_an_error_that_lists_the_names_there_are()
    {
        await using WeChatEmulator emulator = Emulators.Start();

        var unknown = Assert.Throws<EmulatorException>(() => emulator.Faults.Add(new Fault("*", FaultKind.Reset) { Contact = "nobody" }));

        Assert.Contains("张三", unknown.Message);
        Assert.Empty(emulator.Faults.Planned);
    }

    [Fact]
    public async Task LoginElsewhere_names_another_server_and_leaves_the_ticket_unused()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        emulator.Faults.Add("*", FaultKind.LoginElsewhere, count: 1);
        emulator.Faults.Add(new Fault("webwxnewloginpage", FaultKind.LoginElsewhere) { Text = "https://x.example/?a=1&b=2" });

        Assert.Equal(
            "<error><ret>0</ret><message></message><redirecturl>https://wx2.qq.com/?&amp;lang=zh_CN</redirecturl></error>",
            await client.GetTextAsync($"{WebClient.P}webwxnewloginpage?ticket=x"));
        Assert.Contains("<redirecturl>https://x.example/?a=1&amp;b=2</redirecturl>", await client.GetTextAsync($"{WebClient.P}webwxnewloginpage?ticket=x"));
        Assert.Single(emulator.Sessions);
    }
}
