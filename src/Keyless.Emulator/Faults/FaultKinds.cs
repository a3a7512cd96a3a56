namespace Keyless.Emulator.Faults;

/// <summary>The kinds of faults that there are, by the names that JSON has for them.</summary>
public static class FaultKinds
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new(StatusFault.Name, "another answer: a status, and a body that says so", "status, text, code, body, content, contentType, retryAfter, server", StatusFault.Read),
        new(RefusalFault.Name, "a refusal that the platform knows, with its own status and text", "reason", RefusalFault.Read),
        new(EntraErrorFault.Name, "an error by Entra's number (AADSTS)", "code, text, retryAfter, status, error, claims", EntraErrorFault.Read),
        new(RedirectFault.Name, "a redirect to this machine: to an address, to `itself` or to `http`", "status, to", RedirectFault.Read),
        new(PassFault.Name, "nothing: the host's own answer, whatever later rules say", "", PassFault.Read),
        new(LatencyFault.Name, "the host's own answer, late; other rules still have their turn", "delay", LatencyFault.Read),
        new(HangFault.Name, "no answer, or no end of it, until the client gives up", "at", HangFault.Read),
        new(DripFault.Name, "the host's own answer, a few bytes at a time", "interval, bytes, headers", DripFault.Read),
        new(CutFault.Name, "a connection that breaks, or stops being HTTP", "at", CutFault.Read),
        new(ConnectionFault.Name, "a connection that is wrong from its beginning, under TLS by its certificate", "flaw", ConnectionFault.Read),
        new(BodyFault.Name, "a success whose body is not the JSON that it should be", "flaw", BodyFault.Read),
        new(ContentTypeFault.Name, "a success whose headers do not say what its body is", "flaw", ContentTypeFault.Read),
        new(FieldFault.Name, "a token's answer in which one field is not as it should be", "flaw", FieldFault.Read),
        new(TokenFault.Name, "a token that is not the one that was asked for", "lifetime, notBefore, audience, identity, flaw, claims", TokenFault.Read),
        new(StaleTokenFault.Name, "the token that the platform has, for as long as it lives, whatever has changed and whoever refuses it", "", StaleTokenFault.Read),
        new(ClockSkewFault.Name, "a host whose clock is wrong: `Date` and the times of tokens", "by", ClockSkewFault.Read),
        new(ArcChallengeFault.Name, "a challenge of Azure Arc that no client should take up", "flaw", ArcChallengeFault.Read),
        new(KeysFault.Name, "a key set that validators cannot work with", "flaw", KeysFault.Read),
        new(DiscoveryFault.Name, "a discovery document that does not fit its issuer", "flaw", DiscoveryFault.Read),
    ];

    internal static FaultKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>A kind of fault.</summary>
public sealed class FaultKind
{
    internal FaultKind(string name, string summary, string parameters, Func<FaultReader, Fault> read)
    {
        (Name, Summary, Parameters, Read) = (name, summary, parameters, read);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What happens, in a few words.</summary>
    public string Summary { get; }

    /// <summary>The members beside <c>kind</c> and <c>delay</c>, which all kinds have; empty where there are none.</summary>
    public string Parameters { get; }

    internal Func<FaultReader, Fault> Read { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
