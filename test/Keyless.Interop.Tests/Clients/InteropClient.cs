using Keyless.Interop.Calls;

namespace Keyless.Interop.Tests.Clients;

/// <summary>A client that others have written, run in a process of its own.</summary>
/// <param name="Name">The name of its package or command.</param>
internal abstract record InteropClient(string Name)
{
    public static readonly InteropClient Msal = new DotNetClient("Microsoft.Identity.Client", "msal");
    public static readonly InteropClient AzureIdentity = new DotNetClient("Azure.Identity", "azure-identity");
    public static readonly InteropClient MsalNode = new NodeClient("@azure/msal-node", "msal-node");
    public static readonly InteropClient AzureIdentityNode = new NodeClient("@azure/identity", "azure-identity-js");
    public static readonly InteropClient Curl = new CurlClient();

    /// <summary>Every client, in the order of the compatibility page.</summary>
    public static readonly IReadOnlyList<InteropClient> All = [Msal, AzureIdentity, MsalNode, AzureIdentityNode, Curl];

    /// <summary>Ends the test, as skipped, where the client cannot run.</summary>
    public virtual void Require()
    {
    }

    /// <summary>Makes the calls, one after the other, in a process that sees these variables.</summary>
    public abstract Task<IReadOnlyList<TokenOutcome>> AskAsync(
        SourceKind source, IReadOnlyDictionary<string, string> variables, IReadOnlyList<TokenCall> calls);

    public sealed override string ToString() => Name;
}
