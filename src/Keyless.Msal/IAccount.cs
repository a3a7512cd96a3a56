#nullable disable annotations

namespace Keyless.Msal;

/// <summary>A signed-in user. Results of managed identities have none.</summary>
public interface IAccount
{
    /// <summary>The name to sign in with.</summary>
    string Username { get; }

    /// <summary>The host name of the cloud.</summary>
    string Environment { get; }

    /// <summary>The account's id in its own tenant.</summary>
    AccountId HomeAccountId { get; }
}
