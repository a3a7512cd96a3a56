using Keyless.Interop.Tests.Clients;

namespace Keyless.Interop.Tests.Compatibility;

/// <summary>
/// What each client does about <see cref="Trouble"/>, by default: what the tests hold the clients to, and what the page is made from.
/// </summary>
internal static class RetryTable
{
    private static readonly double[] Final = [];
    private static readonly double[] Second = [1];

    // The clients of the Azure SDK draw their pauses; these are the shortest that they can draw.
    private static readonly double[] Drawn = [0.64];
    private static readonly double[] DrawnInNode = [0.5];
    private static readonly double[][] AzureIdentity =
        [Final, Drawn, [2.4], Drawn, [0.64, 1.28], [5], Drawn, Final, Drawn, Drawn];

    private static readonly double[][] AzureIdentityNode =
        [Final, [0.4], [1.5], Final, Final, [5], DrawnInNode, DrawnInNode, DrawnInNode, DrawnInNode];

    // In the order of Trouble.All.
    private static readonly Dictionary<(InteropClient Client, SourceKind Source), double[][]> Rows = new()
    {
        [(InteropClient.Msal, SourceKind.Imds)] = [Final, Second, [10], Second, [1, 2], Second, Second, Second, Second, Second],
        [(InteropClient.Msal, SourceKind.AppService)] = [Final, Second, Final, Second, [1, 1], [5], Second, Final, Second, Second],
        [(InteropClient.AzureIdentity, SourceKind.Imds)] = AzureIdentity,
        [(InteropClient.AzureIdentity, SourceKind.AppService)] = AzureIdentity,
        [(InteropClient.MsalNode, SourceKind.Imds)] = [Final, Second, [10], Second, [1, 2], Second, Second, Second, Second, Second],
        [(InteropClient.MsalNode, SourceKind.AppService)] = [Final, Second, Final, Second, [1, 1], Second, Second, Final, Second, Second],
        [(InteropClient.AzureIdentityNode, SourceKind.Imds)] = AzureIdentityNode,
        [(InteropClient.AzureIdentityNode, SourceKind.AppService)] = AzureIdentityNode,
    };

    /// <summary>The clients and platforms that it says something of, in the order of the page.</summary>
    public static IEnumerable<(InteropClient Client, SourceKind Source)> Columns => Rows.Keys;

    /// <summary>Whether the client draws its pauses, so that those of the table are the shortest ones.</summary>
    public static bool DrawsPauses(InteropClient client) =>
        client == InteropClient.AzureIdentity || client == InteropClient.AzureIdentityNode;

    /// <summary>The seconds before each further attempt. None: the client asks no more, and fails.</summary>
    public static IReadOnlyList<double> PausesOf(InteropClient client, SourceKind source, Trouble trouble) =>
        Rows[(client, source)][Trouble.All.ToList().IndexOf(trouble)];
}
