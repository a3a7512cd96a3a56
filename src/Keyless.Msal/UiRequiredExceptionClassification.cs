namespace Keyless.Msal;

/// <summary>What a user would have to do. Managed identities have no user.</summary>
public enum UiRequiredExceptionClassification
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>Read a message.</summary>
    MessageOnly = 1,

    /// <summary>Sign in.</summary>
    BasicAction = 2,

    /// <summary>Something outside the sign-in.</summary>
    AdditionalAction = 3,

    /// <summary>Consent.</summary>
    ConsentRequired = 4,

    /// <summary>Change the password.</summary>
    UserPasswordExpired = 5,

    /// <summary>Sign in, though the application asked for no prompt.</summary>
    PromptNeverFailed = 6,

    /// <summary>Sign in, since no cached token would do.</summary>
    AcquireTokenSilentFailed = 7,
}
