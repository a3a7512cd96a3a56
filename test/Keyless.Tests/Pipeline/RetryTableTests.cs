using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

/// <summary>The table of what is tried again, row by row, against one that is written out here once more.</summary>
public sealed class RetryTableTests
{
    private static readonly int[] ImdsStatuses = [404, 408, 410, 429, .. Enumerable.Range(500, 100)];
    private static readonly int[] UsualStatuses = [404, 408, 429, 500, 502, 503, 504];
    private static readonly int[] ServiceFabricStatuses = [408, 429, 500, 502, 503, 504];

    public static TheoryData<SourceKind> Sources() => [.. Enum.GetValues<SourceKind>()];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_status_is_repeated_as_the_table_says(SourceKind source)
    {
        foreach (var announced in new[] { true, false })
        {
            for (var status = 100; status <= 599; status++)
            {
                var cue = RetryCue.FromStatus(status);

                Assert.True(
                    Expected(source, status) == RetryTable.Retries(source, announced, cue, cue),
                    $"{source}, announced {announced}, {status}: {RetryTable.Retries(source, announced, cue, cue)}");
            }
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public void A_refusal_is_final_everywhere_whatever_came_before(int status)
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            foreach (var first in new[] { 410, 429, 500, 503 })
                Assert.Equal(0, RetryTable.Retries(source, announced: true, RetryCue.FromStatus(first), RetryCue.FromStatus(status)));
        }
    }

    // The first failure fixes the number, the current one only whether it goes on.
    [Theory]
    [InlineData(410, 410, 7)]
    [InlineData(410, 500, 7)]
    [InlineData(410, 429, 7)]
    [InlineData(410, 404, 7)]
    [InlineData(500, 410, 3)]
    [InlineData(404, 410, 3)]
    [InlineData(410, 400, 0)]
    [InlineData(410, 200, 0)]
    public void The_update_of_the_metadata_service_is_waited_for_if_it_came_first(int first, int current, int expected) =>
        Assert.Equal(
            expected,
            RetryTable.Retries(SourceKind.Imds, announced: false, RetryCue.FromStatus(first), RetryCue.FromStatus(current)));

    // While it is updated it is also silent, or away, for moments.
    [Theory]
    [InlineData("TimedOut")]
    [InlineData("ConnectionLost")]
    [InlineData("ConnectFailed")]
    public void The_update_of_the_metadata_service_is_waited_for_even_if_it_goes_away_meanwhile(string fault) => Assert.Equal(
        7,
        RetryTable.Retries(
            SourceKind.Imds, announced: false, RetryCue.FromStatus(410), RetryCue.FromFault(Enum.Parse<TransportFault>(fault))));

    [Fact]
    public void Elsewhere_a_410_means_nothing_special()
    {
        foreach (var source in Enum.GetValues<SourceKind>().Where(source => source != SourceKind.Imds))
        {
            Assert.Equal(0, RetryTable.Retries(source, announced: true, RetryCue.FromStatus(410), RetryCue.FromStatus(410)));
            Assert.Equal(3, RetryTable.Retries(source, announced: true, RetryCue.FromStatus(410), RetryCue.FromStatus(503)));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_fault_below_HTTP_is_repeated_as_the_table_says(SourceKind source)
    {
        (string Fault, int Announced, int Unannounced)[] rows =
        [
            ("TimedOut", 3, 3),
            ("ConnectionLost", 3, 3),
            ("ConnectFailed", int.MaxValue, 0),
            ("CertificateRefused", 0, 0),
            ("NotHttp", 0, 0),
        ];
        foreach (var (name, announced, unannounced) in rows)
        {
            var cue = RetryCue.FromFault(Enum.Parse<TransportFault>(name));

            Assert.Equal(
                (announced, unannounced),
                (RetryTable.Retries(source, announced: true, cue, cue), RetryTable.Retries(source, announced: false, cue, cue)));
        }
    }

    private static int Expected(SourceKind source, int status) => source switch
    {
        SourceKind.Imds when status == 410 => 7,
        SourceKind.Imds => ImdsStatuses.Contains(status) ? 3 : 0,
        SourceKind.ServiceFabric when status == 429 => 5,
        SourceKind.ServiceFabric => ServiceFabricStatuses.Contains(status) ? 3 : 0,
        _ => UsualStatuses.Contains(status) ? 3 : 0,
    };
}
