using System.Globalization;
using System.Net;
using System.Text.Json;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Admin;

public sealed class JournalStreamTests
{
    [Fact]
    public async Task it_sends_what_is_there_and_then_each_request_as_it_is_answered()
    {
        await using var emulator = await AdminCalls.StartAsync();
        await emulator.AskAsync();
        await using var stream = await OpenAsync(emulator);

        var first = await stream.NextAsync();
        await emulator.AskAsync("&client_id=nobody");
        var second = await stream.NextAsync();

        Assert.Equal("text/event-stream", stream.ContentType);
        Assert.Equal((1, 200, "vm", "token"), (Number(first.Data), first.Data.GetProperty("status").GetInt32(), Text(first.Data, "host"), Text(first.Data, "leg")));
        Assert.Equal((2, 400), (Number(second.Data), second.Data.GetProperty("status").GetInt32()));
        Assert.True(second.Id > first.Id);
        Assert.Equal("request", second.Event);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task it_goes_on_behind_the_last_event_that_the_client_knows(bool byHeader)
    {
        await using var emulator = await AdminCalls.StartAsync();
        await emulator.AskAsync();
        long known;
        await using (var before = await OpenAsync(emulator))
            known = (await before.NextAsync()).Id;
        await emulator.AskAsync();

        var id = known.ToString(CultureInfo.InvariantCulture);
        await using var after = byHeader
            ? await OpenAsync(emulator, "", ("Last-Event-ID", id))
            : await OpenAsync(emulator, $"?after={id}");

        Assert.Equal(2, Number((await after.NextAsync()).Data));
    }

    [Fact]
    public async Task it_sends_what_the_filter_picks_and_no_more_of_the_past_than_was_asked_for()
    {
        await using var emulator = await AdminCalls.StartAsync();
        for (var i = 0; i < 3; i++)
            await emulator.AskAsync();
        await using var stream = await OpenAsync(emulator, "?status=200&limit=1");

        var first = await stream.NextAsync();
        emulator[SourceKind.Imds].Faults.Enqueue(Fault.Status(503));
        await emulator.AskAsync();
        await emulator.AskAsync();
        var second = await stream.NextAsync();

        Assert.Equal((3, 5), (Number(first.Data), Number(second.Data)));
    }

    [Fact]
    public async Task in_silence_it_says_that_it_lives()
    {
        await using var emulator = await AdminCalls.StartAsync();
        await using var stream = await OpenAsync(emulator, "?heartbeat=1");

        Assert.Equal(": connected", await stream.LineAsync());
        Assert.Equal("", await stream.LineAsync());
        Assert.Equal(": nothing new", await stream.LineAsync());
        Assert.Equal("", await stream.LineAsync());
        Assert.Equal(": nothing new", await stream.LineAsync());
    }

    [Fact]
    public async Task no_secret_and_no_token_is_in_it()
    {
        await using var emulator = await AdminCalls.StartAsync();
        await using var stream = await OpenAsync(emulator);
        var web = emulator[SourceKind.AppService];
        var secret = HostCalls.SecretOf(web);

        await web.GetAsync($"api-version=2019-08-01&resource={secret.Value}", secret);
        var token = (await web.GetAsync($"api-version=2019-08-01&resource={HostCalls.Vault}", secret)).Token;
        var sent = $"{(await stream.NextAsync()).Text}{(await stream.NextAsync()).Text}";

        Assert.DoesNotContain(secret.Value, sent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token.Split('.')[1], sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_takes_the_key_as_everything_does()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], AdminKey = AdminCalls.Key });

        Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.AdminAsync("/journal/stream")).Status);
        await using var stream = await OpenAsync(emulator, "", ("Authorization", $"Bearer {AdminCalls.Key}"));
        Assert.Equal(": connected", await stream.LineAsync());
    }

    [Fact]
    public async Task a_filter_that_makes_no_sense_is_refused()
    {
        await using var emulator = await AdminCalls.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await emulator.AdminAsync("/journal/stream?leg=nonsense")).Status);
    }

    // The client goes on reading; the end of the emulator is the end of the stream.
    [Fact]
    public async Task it_does_not_hold_up_the_end_of_the_emulator()
    {
        var emulator = await AdminCalls.StartAsync();
        await using var stream = await OpenAsync(emulator);
        await stream.LineAsync();

        await emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private static Task<EventStream> OpenAsync(ManagedIdentityEmulator emulator, string query = "", params (string Name, string Value)[] headers) =>
        EventStream.OpenAsync(new Uri(emulator.AdminAddress!, $"journal/stream{query}"), headers);

    private static long Number(JsonElement request) => request.GetProperty("number").GetInt64();

    private static string Text(JsonElement request, string name) => request.GetProperty(name).GetString()!;
}
