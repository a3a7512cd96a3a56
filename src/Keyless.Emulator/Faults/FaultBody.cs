namespace Keyless.Emulator.Faults;

/// <summary>What the body of an error looks like.</summary>
public enum FaultBody
{
    /// <summary>As the host's platform writes errors.</summary>
    Platform,

    /// <summary>JSON of nobody's: an object with the one member <c>message</c>.</summary>
    Json,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>A web page, such as a proxy's.</summary>
    Html,

    /// <summary>None.</summary>
    Empty,
}
