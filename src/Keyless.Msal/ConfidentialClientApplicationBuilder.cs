#nullable disable annotations

namespace Keyless.Msal;

/// <summary>
/// The API's first shape (MSAL.NET 4.49 and 4.50), where managed identities were an option of confidential clients. For managed identities
/// only: there are no secrets, certificates and assertions here.
/// </summary>
public sealed class ConfidentialClientApplicationBuilder : BaseAbstractApplicationBuilder<ConfidentialClientApplicationBuilder>
{
    private ConfidentialClientApplicationBuilder()
    {
    }

    /// <summary>Begins an application.</summary>
    /// <param name="clientId">Any text: managed identities don't need it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="clientId"/> is null or blank.</exception>
    public static ConfidentialClientApplicationBuilder Create(string clientId)
    {
        if (string.IsNullOrWhiteSpace(clientId))
            throw new ArgumentNullException(nameof(clientId), "A confidential client has an id, even if managed identities don't need it.");
        return new ConfidentialClientApplicationBuilder();
    }

    /// <summary>Makes the application.</summary>
    public IConfidentialClientApplication Build() => new ConfidentialClientApplication(Settings.Snapshot());
}
