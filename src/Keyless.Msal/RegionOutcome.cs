namespace Keyless.Msal;

/// <summary>What came of looking for the region; managed identities need none.</summary>
public enum RegionOutcome
{
    /// <summary>It was not looked for.</summary>
    None = 0,

    /// <summary>The one given is the one found.</summary>
    [Obsolete("No longer reported.")]
    UserProvidedValid = 1,

    /// <summary>One was given, none was found.</summary>
    [Obsolete("No longer reported.")]
    UserProvidedAutodetectionFailed = 2,

    /// <summary>The one given is not the one found.</summary>
    [Obsolete("No longer reported.")]
    UserProvidedInvalid = 3,

    /// <summary>It was found.</summary>
    AutodetectSuccess = 4,

    /// <summary>It was not found.</summary>
    FallbackToGlobal = 5,

    /// <summary>It was given.</summary>
    UserProvided = 6,
}
