using System.Net;
using System.Text.Json;

namespace Keyless.Emulator.Faults;

/// <summary>Rules as JSON.</summary>
internal static class FaultRuleJson
{
    public static FaultRule Read(JsonElement json, string path)
    {
        var members = new FaultReader(json, path);
        var rule = new FaultRule
        {
            Name = members.Text("name"),
            Match = members.Find("match") is { } match ? ReadMatch(match, members.PathOf("match")) : new FaultMatch(),
            When = members.Find("when") is { } when ? ReadWhen(when, members.PathOf("when")) : new FaultWhen(),
            Fault = FaultJson.Read(members.Require("fault"), members.PathOf("fault")),
            NextState = members.OptionalText("nextState"),
            NextStateAfter = members.OptionalTime("nextStateAfter"),
        };
        members.RejectOthers();
        rule.Validate();
        return rule;
    }

    public static void Write(FaultRule rule, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", rule.Name);
        if (rule.Match != new FaultMatch())
            WriteMatch(rule.Match, json);
        if (rule.When != new FaultWhen())
            WriteWhen(rule.When, json);
        json.WritePropertyName("fault");
        FaultJson.Write(rule.Fault, json);
        FaultJson.WriteOptional(json, "nextState", rule.NextState);
        FaultJson.WriteOptional(json, "nextStateAfter", rule.NextStateAfter is { } after ? Duration.Text(after) : null);
        json.WriteEndObject();
    }

    public static FaultMatch ReadMatch(JsonElement json, string path)
    {
        var members = new FaultReader(json, path);
        var match = new FaultMatch
        {
            Host = members.OptionalText("host"),
            Source = members.OptionalOneOf<SourceKind>("source"),
            Leg = members.OptionalOneOf<Leg>("leg"),
            Identity = members.OptionalText("identity"),
            Resource = members.OptionalText("resource"),
            Method = members.OptionalText("method"),
            Path = members.OptionalText("path"),
            Header = members.OptionalText("header"),
            HeaderValue = members.OptionalText("headerValue"),
            ClientAddress = AddressIn(members),
            Attempt = members.OptionalInt("attempt", 1, int.MaxValue),
        };
        members.RejectOthers();
        return match;
    }

    private static IPAddress? AddressIn(FaultReader members)
    {
        if (members.OptionalText("clientAddress") is not { } text)
            return null;
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw members.Wrong("clientAddress", members.Require("clientAddress"), "an IP address");
    }

    private static FaultWhen ReadWhen(JsonElement json, string path)
    {
        var members = new FaultReader(json, path);
        var when = new FaultWhen
        {
            First = members.OptionalInt("first", 1, int.MaxValue),
            Every = members.OptionalInt("every", 1, int.MaxValue),
            Probability = members.OptionalNumber("probability", 0, 1),
            After = members.OptionalTime("after"),
            Until = members.OptionalTime("until"),
            Since = members.OneOf("since", FaultEpoch.RuleAdded),
            State = members.OptionalText("state"),
        };
        members.RejectOthers();
        return when;
    }

    private static void WriteMatch(FaultMatch match, Utf8JsonWriter json)
    {
        json.WriteStartObject("match");
        FaultJson.WriteOptional(json, "host", match.Host);
        FaultJson.WriteOptional(json, "source", match.Source is { } source ? KebabCase.Of(source) : null);
        FaultJson.WriteOptional(json, "leg", match.Leg is { } leg ? KebabCase.Of(leg) : null);
        FaultJson.WriteOptional(json, "identity", match.Identity);
        FaultJson.WriteOptional(json, "resource", match.Resource);
        FaultJson.WriteOptional(json, "method", match.Method);
        FaultJson.WriteOptional(json, "path", match.Path);
        FaultJson.WriteOptional(json, "header", match.Header);
        FaultJson.WriteOptional(json, "headerValue", match.HeaderValue);
        FaultJson.WriteOptional(json, "clientAddress", match.ClientAddress?.ToString());
        if (match.Attempt is { } attempt)
            json.WriteNumber("attempt", attempt);
        json.WriteEndObject();
    }

    private static void WriteWhen(FaultWhen when, Utf8JsonWriter json)
    {
        json.WriteStartObject("when");
        if (when.First is { } first)
            json.WriteNumber("first", first);
        if (when.Every is { } every)
            json.WriteNumber("every", every);
        if (when.Probability is { } probability)
            json.WriteNumber("probability", probability);
        FaultJson.WriteOptional(json, "after", when.After is { } after ? Duration.Text(after) : null);
        FaultJson.WriteOptional(json, "until", when.Until is { } until ? Duration.Text(until) : null);
        if (when.Since != FaultEpoch.RuleAdded)
            json.WriteString("since", KebabCase.Of(when.Since));
        FaultJson.WriteOptional(json, "state", when.State);
        json.WriteEndObject();
    }
}
