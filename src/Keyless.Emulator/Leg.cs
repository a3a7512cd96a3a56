namespace Keyless.Emulator;

/// <summary>Which step of a client's work a request is.</summary>
public enum Leg
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>A look whether anybody is there: IMDS's token path without its header.</summary>
    Probe,

    /// <summary>A request for a managed identity's token.</summary>
    Token,

    /// <summary>The first half of a request to Azure Arc, which is answered with a challenge.</summary>
    Challenge,

    /// <summary>Metadata of the machine other than tokens.</summary>
    Metadata,

    /// <summary>A discovery document of the authority.</summary>
    Discovery,

    /// <summary>The authority's public keys.</summary>
    Keys,

    /// <summary>A request for a token to the authority, by an application's own credentials.</summary>
    Entra,

    /// <summary>A call of the sample API.</summary>
    Api,
}
