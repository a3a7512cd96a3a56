using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Keyless.Cli.Tests.Support;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands;

/// <summary>What a user sees when there is no token.</summary>
public sealed partial class TokenFailureTests(SharedEmulator shared)
{
    private const string Resource = "https://vault.azure.net";

    [Fact]
    public async Task a_machine_without_identity_is_told_how_to_emulate_one()
    {
        // Nothing announces an endpoint, and no connection to the default address comes about.
        var tool = new Tool { Time = new FakeClock(), Handler = new Unconnected(SocketError.HostUnreachable), ErrorWidth = 120 };

        var run = await tool.RunAsync("token", Resource, "--no-color");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            """
            No token: This machine has no managed identity: no variable announces an endpoint, and nothing answers at
            http://169.254.169.254/metadata/identity/oauth2/token (no route to it).

              kind            NoManagedIdentity (managed_identity_unreachable_network)
              source          imds
              endpoint        http://169.254.169.254/metadata/identity/oauth2/token
              resource        https://vault.azure.net
              identity        the system-assigned identity
              attempts        1, in 0 s
              try again       won't help as things are
              correlation id  (id)

            What to do: On Azure, assign an identity to this machine. On a development machine, run 'keyless emulate' and set the
            variables it prints.
            To try it without Azure: keyless token https://vault.azure.net --emulate imds

            """,
            WithoutId(run.Error));
    }

    [Fact]
    public async Task the_json_goes_to_standard_output_with_every_fact()
    {
        var run = await On(SourceKind.Imds).RunAsync("token", Resource, "--client-id", "11111111-2222-3333-4444-555555555555", "--json");

        Assert.Equal(5, run.ExitCode);
        Assert.Equal(
            "kind errorCode message source endpoint resource statusCode attempts elapsedMs isTransient "
            + "retryAfterMs hostErrorCode hostMessage hostCorrelationId correlationId nextStep",
            string.Join(' ', run.Json.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("IdentityNotFound", run.Json.GetProperty("kind").GetString());
        Assert.Equal("managed_identity_request_failed", run.Json.GetProperty("errorCode").GetString());
        Assert.Equal("imds", run.Json.GetProperty("source").GetString());
        Assert.Equal(400, run.Json.GetProperty("statusCode").GetInt32());
        Assert.Equal(1, run.Json.GetProperty("attempts").GetInt32());
        Assert.False(run.Json.GetProperty("isTransient").GetBoolean());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("retryAfterMs").ValueKind);
        Assert.Contains("Identity not found", run.Json.GetProperty("hostMessage").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("No token: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_the_host_says_is_shown_and_cannot_move_the_cursor()
    {
        const string Body = """{"error":"invalid_request","error_description":"Identity not found \u001b[2J"}""";
        await using var server = ScriptedServer.Start(Reply.Json(400, Body));

        var run = await OnImds(server.Address).RunAsync("token", Resource);

        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains("  status          400 BadRequest\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("  host says       invalid_request: Identity not found", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Error);
    }

    [Fact]
    public async Task a_refused_connection_is_an_unreachable_endpoint()
    {
        using var port = new ClosedPort();

        // The clock stands still: the first pause exceeds the budget.
        var run = await (OnImds(port.Address) with { Time = new FakeClock() }).RunAsync("token", Resource, "--timeout", "100ms");

        Assert.Equal((4, ""), (run.ExitCode, run.Output));
        Assert.Contains("EndpointUnreachable", run.Error, StringComparison.Ordinal);
        Assert.Contains("AZURE_POD_IDENTITY_AUTHORITY_HOST", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task silence_until_the_timeout_is_a_timeout()
    {
        await using var silence = new BlackHole();
        var clock = new FakeClock();

        var running = (OnImds(silence.Address) with { Time = clock }).RunAsync("token", Resource, "--timeout", "2s");
        await clock.AdvanceToTimerAsync(delay => delay == TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        var run = await running;

        Assert.Equal((6, ""), (run.ExitCode, run.Output));
        Assert.Contains("The time budget of 2 s ran out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task something_else_at_the_address_is_no_managed_identity()
    {
        await using var server = ScriptedServer.Start(Reply.Html(200, "<html>sign in</html>"));

        var run = await OnImds(server.Address).RunAsync("token", Resource);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("NotAnEndpoint", run.Error, StringComparison.Ordinal);
        Assert.Contains("--emulate imds", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task plain_http_to_another_host_needs_leave_by_an_option()
    {
        var machine = Tool.Machine(("MSI_ENDPOINT", "http://agent.example:8080/token"));
        var answer = new Answering("""{"access_token":"opaque-token","expires_on":"4102444800","token_type":"Bearer"}""");
        Tool Client() => new() { Environment = machine, Handler = answer, Time = new FakeClock() };

        var refused = await Client().RunAsync("token", Resource);
        var allowed = await Client().RunAsync("token", Resource, "--allow-http", "agent.example");

        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("allow the host by --allow-http", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, "opaque-token\n"), (allowed.ExitCode, allowed.Output));
        Assert.Equal(1, answer.Calls);
    }

    [Theory]
    [InlineData(SourceKind.ServiceFabric, "Name the identity by --object-id, or assign it to the service")]
    [InlineData(SourceKind.ServiceFabric, "in the application manifest and give no id.")]
    [InlineData(SourceKind.CloudShell, "Give no id in Cloud Shell, which stands for the signed-in user.")]
    public async Task an_identity_that_the_source_does_not_take_is_answered_in_terms_of_options(SourceKind source, string advice)
    {
        var run = await On(source).RunAsync("token", Resource, "--client-id", shared.Orders.ClientId.ToString());

        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
        Assert.Contains("  attempts        none: nothing was sent\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ManagedIdentity.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_person_at_a_terminal_is_told_once_that_it_is_tried_again()
    {
        await using var server = ScriptedServer.Start();
        server.Fallback = Reply.Json(503, """{"error":"busy"}""");
        var clock = new FakeClock();
        var tool = OnImds(server.Address) with { Time = clock, ErrorWidth = 200 };

        var run = await RunThroughPausesAsync(clock, tool, "token", Resource, "--no-color");

        Assert.True(server.Requests.Count > 2);
        Assert.Equal(5, run.ExitCode);
        Assert.Equal(2, run.Error.Split("No token yet; trying again.").Length);
    }

    [Fact]
    public async Task a_pipe_is_not_told_of_it()
    {
        using var port = new ClosedPort();
        var clock = new FakeClock();
        var tool = OnImds(port.Address) with { Time = clock };

        var run = await RunThroughPausesAsync(clock, tool, "token", Resource, "--timeout", "9s");

        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("No token: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_cancelled_call_says_so_and_nothing_more()
    {
        await using var silence = new BlackHole();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var clock = new FakeClock();

        var running = (OnImds(silence.Address) with { Time = clock }).RunAsync(stop.Token, "token", Resource);
        await clock.NextTimerAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        var run = await running;

        Assert.Equal((130, "", "Cancelled.\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task no_secret_is_shown_when_the_host_repeats_it()
    {
        var header = new Canary("identity header");
        await using var server = ScriptedServer.Start();
        server.Fallback = Reply.Json(400, $$"""{"statusCode":400,"message":"bad header {{header.Value}}","correlationId":"c"}""");
        var machine = Tool.Machine(("IDENTITY_ENDPOINT", $"{server.Address}msi/token"), ("IDENTITY_HEADER", header.Value));

        var text = await new Tool { Environment = machine }.RunAsync("token", Resource, "--verbose");
        var json = await new Tool { Environment = machine }.RunAsync("token", Resource, "--json");

        Assert.Equal((5, 5), (text.ExitCode, json.ExitCode));
        Assert.Contains("bad header", text.Error, StringComparison.Ordinal);
        header.AssertAbsentFrom(text.Output, text.Error, json.Output, json.Error);
    }

    // What waits longer is a timeout.
    private static async Task<ToolRun> RunThroughPausesAsync(FakeClock clock, Tool tool, params string[] args)
    {
        var longest = TimeSpan.FromSeconds(8);
        return (await clock.RunAsync(() => tool.RunAsync(args), delay => delay < longest, TestContext.Current.CancellationToken)).Result;
    }

    private static string WithoutId(string text) => Guids().Replace(text, "(id)");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Guids();

    private static Tool OnImds(Uri server) =>
        new() { Environment = Tool.Machine(("AZURE_POD_IDENTITY_AUTHORITY_HOST", server.ToString())) };

    private Tool On(SourceKind source) => new() { Environment = shared.MachineWith(source) };

    private sealed class Unconnected(SocketError error) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.ConnectionError, "not connected", new SocketException((int)error));
    }

    private sealed class Answering(string body) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
