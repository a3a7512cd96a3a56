using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>Rules and faults as JSON.</summary>
public sealed class FaultKindsTests
{
    private static readonly Fault[] Faults =
    [
        Fault.TooManyRequests(),
        Fault.TooManyRequests(TimeSpan.FromSeconds(2)).After(TimeSpan.FromMilliseconds(1.5)),
        Fault.Status(503, "busy", "code", FaultBody.Html, RetryAfter.Date(TimeSpan.FromMinutes(-1)), "nginx"),
        Fault.Status(429, retryAfter: RetryAfter.Text("soon")),
        Fault.Latency(FaultDelay.Between(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(100))),
        Fault.Latency(FaultDelay.LogNormal(TimeSpan.FromMilliseconds(200), 0.5)),
        .. Enum.GetValues<HangPoint>().Select(Fault.Hang),
        Fault.Drip(TimeSpan.FromSeconds(1)),
        Fault.Drip(TimeSpan.FromSeconds(1), 10, headers: true),
        .. Enum.GetValues<CutPoint>().Select(Fault.Cut),
        .. Enum.GetValues<ConnectionFlaw>().Select(Fault.Connection),
        .. Enum.GetValues<RefusalReason>().Select(Fault.Refusal),
        .. Enum.GetValues<BodyFlaw>().Select(Fault.Body),
        .. Enum.GetValues<ContentFlaw>().Select(Fault.ContentType),
        .. Enum.GetValues<FieldFlaw>().Select(Fault.Field),
        .. Enum.GetValues<ArcFlaw>().Select(Fault.ArcChallenge),
        .. Enum.GetValues<KeysFlaw>().Select(Fault.Keys),
        .. Enum.GetValues<DiscoveryFlaw>().Select(Fault.Discovery),
        Fault.EntraError(7000215),
        Fault.EntraError(90033, "later", RetryAfter.Seconds(TimeSpan.FromSeconds(5))),
        Fault.EntraError(50076, claims: """{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"""),
        Fault.Redirect(),
        Fault.Redirect(new Uri("http://127.0.0.1:9/"), 307),
        Fault.RedirectToHttp(301),
        Fault.TokenLifetime(TimeSpan.FromSeconds(-1)),
        Fault.Token(new TokenChange
        {
            NotBefore = TimeSpan.FromHours(1),
            Audience = "api://other",
            Identity = "billing",
            Flaw = TokenFlaw.Tampered,
            Claims = new Dictionary<string, JsonNode?> { ["roles"] = new JsonArray("Reader"), ["oid"] = null },
        }),
        Fault.StaleToken(),
        Fault.ClockSkew(TimeSpan.FromMinutes(-5)),
        Fault.Pass(),
        Fault.Answer(418, "{\"error\": \"short and stout\"}"),
        Fault.Answer(503, "", "text/html", RetryAfter.Text("soon"), "Elsewhere"),
    ];

    public static TheoryData<string, string> Mistakes => new()
    {
        { """{"fault": {"kind": "latency", "delay": "2s"}}""", "rule.name is missing" },
        { """{"name": "a"}""", "rule.fault is missing" },
        { """{"name": "a", "fault": {"kind": "stauts"}}""", "rule.fault.kind is \"stauts\". Give one of status," },
        { """{"name": "a", "fault": {"kind": "status", "status": 42}}""", "rule.fault.status is 42. Give a whole number from 200 to 599" },
        { """{"name": "a", "fault": {"kind": "status", "status": 429, "retryafter": "2s"}}""", "rule.fault.retryafter is unknown. Known here: kind, status" },
        { """{"name": "a", "fault": {"kind": "status", "status": 429, "retryAfter": 2}}""", "rule.fault.retryAfter is 2. Give a time such as" },
        { """{"name": "a", "fault": {"kind": "status", "status": 429, "retryAfter": {"text": "a\nb"}}}""", "rule.fault.retryAfter.text" },
        { """{"name": "a", "fault": {"kind": "latency"}}""", "rule.fault.delay is missing" },
        { """{"name": "a", "fault": {"kind": "latency", "delay": {"min": "9s", "max": "2s"}}}""", "rule.fault.delay is an object. Give times" },
        { """{"name": "a", "fault": {"kind": "latency", "delay": {"min": "2s", "max": "9s", "sigma": 1}}}""", "rule.fault.delay.sigma is unknown" },
        { """{"name": "a", "fault": {"kind": "body", "flaw": "torn"}}""", "rule.fault.flaw is \"torn\". Give one of truncated, trailing-text" },
        { """{"name": "a", "fault": {"kind": "redirect", "to": "https://elsewhere.example/"}}""", "rule.fault.to: 'https://elsewhere.example/' is no address of this machine" },
        { """{"name": "a", "match": {"leg": "tokens"}, "fault": {"kind": "hang"}}""", "rule.match.leg is \"tokens\". Give one of other, probe, token" },
        { """{"name": "a", "match": {"clientAddress": "here"}, "fault": {"kind": "hang"}}""", "rule.match.clientAddress is \"here\". Give an IP address" },
        { """{"name": "a", "when": {"probability": 2}, "fault": {"kind": "hang"}}""", "rule.when.probability is 2. Give a number from 0 to 1" },
        { """{"name": "a", "when": {"first": 0}, "fault": {"kind": "hang"}}""", "rule.when.first is 0" },
        { """{"name": "a", "when": {"after": "9s", "until": "9s"}, "fault": {"kind": "hang"}}""", "Fault rule 'a': When.Until" },
        { """[]""", "rule is a list. Give an object" },
    };

    [Fact]
    public void every_kind_comes_back_from_json_as_it_went()
    {
        Assert.Equal(FaultKinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal), Faults.Select(fault => fault.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (var fault in Faults)
        {
            var rule = new FaultRule { Name = "a rule", Fault = fault };

            var back = FaultRule.FromJson(Parse(Text(rule)));

            Assert.Equal(Text(rule), Text(back));
            if (fault is not TokenFault)
                Assert.Equal(rule, back);
        }
    }

    [Fact]
    public void a_kind_says_which_parameters_it_takes()
    {
        foreach (var fault in Faults)
        {
            var known = FaultKinds.Find(fault.Kind)!.Parameters.Split(", ");

            Assert.DoesNotContain(Parse(fault.ToString()).EnumerateObject().Select(member => member.Name), name => !known.Contains(name) && name is not "kind" and not "delay");
        }
    }

    [Fact]
    public void every_member_of_match_and_when_comes_back()
    {
        const string Json = """
            {"name":"all","match":{"host":"vm","source":"imds","leg":"token","identity":"orders","resource":"https://vault.azure.net","method":"GET","path":"/a/b","header":"X-A","headerValue":"b","clientAddress":"127.0.0.2","attempt":3},"when":{"first":1,"every":2,"probability":0.5,"after":"1m","until":"36h","since":"emulator-start","state":"warm"},"fault":{"kind":"hang"},"nextState":"cold"}
            """;

        Assert.Equal(Json, Text(FaultRule.FromJson(Parse(Json))));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void a_mistake_is_named_with_its_place(string json, string expected)
    {
        var exception = Assert.Throws<EmulatorException>(() => FaultRule.FromJson(Parse(json)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Text(FaultRule rule)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
            rule.ToJson(json);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
