using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

public sealed class RetryScheduleTests
{
    private const double AlmostOne = 0.999_999;

    [Theory]
    [InlineData(SourceKind.Imds, 503, 0, 1)]
    [InlineData(SourceKind.Imds, 503, 1, 2)]
    [InlineData(SourceKind.Imds, 503, 2, 4)]
    [InlineData(SourceKind.Imds, 503, 3, 4)]
    [InlineData(SourceKind.Imds, 404, 0, 1)]
    [InlineData(SourceKind.Imds, 429, 1, 2)]
    [InlineData(SourceKind.Imds, 410, 0, 10)]
    [InlineData(SourceKind.Imds, 410, 6, 10)]
    [InlineData(SourceKind.ServiceFabric, 429, 0, 1)]
    [InlineData(SourceKind.ServiceFabric, 429, 1, 2)]
    [InlineData(SourceKind.ServiceFabric, 429, 2, 4)]
    [InlineData(SourceKind.ServiceFabric, 429, 3, 8)]
    [InlineData(SourceKind.ServiceFabric, 429, 4, 16)]
    [InlineData(SourceKind.ServiceFabric, 429, 5, 16)]
    [InlineData(SourceKind.ServiceFabric, 503, 2, 1)]
    [InlineData(SourceKind.AppService, 503, 0, 1)]
    [InlineData(SourceKind.AppService, 429, 2, 1)]
    [InlineData(SourceKind.AppService, 410, 0, 1)]
    [InlineData(SourceKind.AzureArc, 500, 1, 1)]
    [InlineData(SourceKind.CloudShell, 404, 2, 1)]
    [InlineData(SourceKind.MachineLearning, 408, 0, 1)]
    public void After_an_answer_the_pause_is_the_documented_one_with_up_to_a_quarter_on_top(
        SourceKind source, int status, int retry, double seconds)
    {
        var cue = RetryCue.FromStatus(status);

        Assert.Equal(TimeSpan.FromSeconds(seconds), RetrySchedule.PauseBefore(source, cue, retry, retryAfter: null, random: 0));
        AssertClose(seconds * 1.25, RetrySchedule.PauseBefore(source, cue, retry, retryAfter: null, AlmostOne));
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.4)]
    [InlineData(2, 0.8)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(1000, 1)]
    [InlineData(int.MaxValue, 1)]
    public void A_connection_is_tried_again_soon(int retry, double seconds)
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            var cue = RetryCue.FromFault(TransportFault.ConnectFailed);

            AssertClose(seconds, RetrySchedule.PauseBefore(source, cue, retry, retryAfter: null, random: 0));
            AssertClose(seconds * 1.25, RetrySchedule.PauseBefore(source, cue, retry, retryAfter: null, AlmostOne));
        }
    }

    [Theory]
    [InlineData("TimedOut", SourceKind.AppService, 1)]
    [InlineData("ConnectionLost", SourceKind.AppService, 1)]
    [InlineData("TimedOut", SourceKind.Imds, 4)]
    [InlineData("ConnectionLost", SourceKind.Imds, 4)]
    public void Other_faults_pause_as_statuses_do(string fault, SourceKind source, double seconds) => AssertClose(
        seconds,
        RetrySchedule.PauseBefore(source, RetryCue.FromFault(Enum.Parse<TransportFault>(fault)), retry: 2, retryAfter: null, random: 0));

    [Theory]
    [InlineData(0.5, 1, 1.25)]
    [InlineData(1, 1, 1.25)]
    [InlineData(5, 5, 5.25)]
    [InlineData(86_400, 86_400, 86_400.25)]
    public void What_the_host_asks_for_is_the_least(double retryAfter, double least, double most)
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            var cue = RetryCue.FromStatus(429);

            AssertClose(least, RetrySchedule.PauseBefore(source, cue, retry: 0, TimeSpan.FromSeconds(retryAfter), random: 0));
            AssertClose(most, RetrySchedule.PauseBefore(source, cue, retry: 0, TimeSpan.FromSeconds(retryAfter), AlmostOne));
        }
    }

    private static void AssertClose(double expectedSeconds, TimeSpan actual) =>
        Assert.Equal(expectedSeconds, actual.TotalSeconds, tolerance: 0.0001);
}
