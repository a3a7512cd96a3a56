namespace Keyless.Msal;

/// <summary>The base of applications.</summary>
public abstract class ApplicationBase : IApplicationBase
{
    private protected ApplicationBase()
    {
    }

    /// <summary>Forgets every token of this process, so that tests don't see each other's.</summary>
    public static void ResetStateForTest() => TokenCache.Shared.Clear();
}
