#nullable disable annotations

namespace Keyless.Msal;

/// <summary>The options of the API's second shape (MSAL.NET 4.51 to 4.53).</summary>
public class ManagedIdentityApplicationOptions : BaseApplicationOptions
{
    /// <summary>The user-assigned identity: a GUID is its client id, anything else its resource id.</summary>
    /// <value>The default is null: the system-assigned identity.</value>
    public string UserAssignedClientId { get; set; }

    /// <summary>Whether access to the cache is synchronised. It always is.</summary>
    /// <value>The default is true.</value>
    public bool EnableCacheSynchronization { get; set; } = true;
}
