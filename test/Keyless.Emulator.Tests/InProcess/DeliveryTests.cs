using System.Net;
using System.Text;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.InProcess;
using Keyless.Emulator.Journaling;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.InProcess;

/// <summary>What a handler does with an answer that says how its connection misbehaves.</summary>
public sealed class DeliveryTests
{
    private const string Text = "{\"text\":\"twenty letters or so\"}";

    private readonly FakeClock _clock = new();
    private readonly Uri _address = new("http://127.0.0.1:20001/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(DeliveryManner.ResetBeforeHead), HttpRequestError.Unknown)]
    [InlineData(nameof(DeliveryManner.CloseBeforeHead), HttpRequestError.ResponseEnded)]
    [InlineData(nameof(DeliveryManner.GarbageStatusLine), HttpRequestError.InvalidResponse)]
    public async Task without_a_head_the_request_fails(string manner, HttpRequestError error)
    {
        using var client = ClientFor(new Delivery(Enum.Parse<DeliveryManner>(manner)));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, Cancellation));

        Assert.Equal(error, exception.HttpRequestError);
    }

    [Theory]
    [InlineData(nameof(DeliveryManner.ResetAfterHead), HttpRequestError.Unknown)]
    [InlineData(nameof(DeliveryManner.ResetInBody), HttpRequestError.Unknown)]
    [InlineData(nameof(DeliveryManner.ShortBody), HttpRequestError.ResponseEnded)]
    [InlineData(nameof(DeliveryManner.BadChunk), HttpRequestError.InvalidResponse)]
    public async Task behind_the_head_reading_the_body_fails(string manner, HttpRequestError error)
    {
        using var client = ClientFor(new Delivery(Enum.Parse<DeliveryManner>(manner)));

        using var response = await client.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(error, exception.HttpRequestError);
        Assert.IsAssignableFrom<IOException>(exception.InnerException);
    }

    [Fact]
    public async Task a_hanging_answer_hangs_until_the_client_gives_up()
    {
        using var client = ClientFor(new Delivery(DeliveryManner.HangBeforeHead));
        using var slow = ClientFor(new Delivery(DeliveryManner.HangAfterHead));
        client.Timeout = TimeSpan.FromMilliseconds(50);
        using var stop = new CancellationTokenSource();

        var timedOut = await Assert.ThrowsAsync<TaskCanceledException>(() => client.GetAsync(_address, Cancellation));
        var reading = slow.GetStringAsync(_address, stop.Token);
        Assert.False(reading.IsCompleted);
        await stop.CancelAsync();

        Assert.IsType<TimeoutException>(timedOut.InnerException);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Theory]
    [InlineData(nameof(DeliveryManner.Drip), 2)]
    [InlineData(nameof(DeliveryManner.DripBody), 1)]
    public async Task a_dripping_answer_comes_whole_in_the_clocks_time(string manner, int least)
    {
        using var client = ClientFor(new Delivery(Enum.Parse<DeliveryManner>(manner)) { Interval = TimeSpan.FromSeconds(1), Portion = 16 });

        var run = await _clock.RunAsync(() => client.GetStringAsync(_address, Cancellation), _ => true, Cancellation);

        Assert.Equal(Text, run.Result);
        var bodyOnly = (Text.Length + 15) / 16;
        Assert.InRange(run.Elapsed.TotalSeconds, bodyOnly + least - 1, 60);
        Assert.Equal(least == 1, run.Elapsed == TimeSpan.FromSeconds(bodyOnly));
    }

    private HttpClient ClientFor(Delivery delivery)
    {
        var answer = new EndpointAnswer(200, Encoding.ASCII.GetBytes(Text)) { Delivery = delivery };
        return new HttpClient(new EmulatorHandler("the test", () => [SiteOf(answer)], _clock));
    }

    private Site SiteOf(EndpointAnswer answer)
    {
        var clock = new EmulatorClock(_clock);
        var pipeline = new RequestPipeline(
            new OneAnswer(answer),
            new FaultEngine("test", source: null, own: null, new FaultPlan("The test", seed: 0, clock), clock),
            new RequestRecorder("test", source: null, new JournalBooks(clock, showSecrets: false)),
            clock);
        return Site.Imagine(IPAddress.Loopback, _address.Port, number: 1, certificate: null, pipeline);
    }

    private sealed class OneAnswer(EndpointAnswer answer) : IResponder
    {
        public RequestFacts Describe(EndpointRequest request) => new(Leg.Other);

        public ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken) => new(answer);

        public EndpointAnswer Refuse(int status, string code, string text) => throw new NotSupportedException();
    }
}
