using System.Collections.Concurrent;

namespace Keyless.Tests.EndToEnd;

/// <summary>A machine of a test's own, whose variables may change while the client runs.</summary>
internal sealed class DescribedMachine : MachineEnvironment
{
    private readonly ConcurrentDictionary<string, string> _variables = new(StringComparer.Ordinal);

    public string? KeyDirectory { get; init; }

    public override string? ArcKeyDirectory => KeyDirectory;

    public string this[string name]
    {
        set => _variables[name] = value;
    }

    /// <summary>What a process finds on such a platform.</summary>
    public static DescribedMachine Of(SourceKind source, Uri server, string secret = "identity-header", string? thumbprint = null, string? keyDirectory = null)
    {
        var machine = new DescribedMachine { KeyDirectory = keyDirectory };
        switch (source)
        {
            case SourceKind.Imds:
                machine["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = server.ToString();
                break;
            case SourceKind.AppService:
                machine["IDENTITY_ENDPOINT"] = new Uri(server, "msi/token").ToString();
                machine["IDENTITY_HEADER"] = secret;
                break;
            case SourceKind.AzureArc:
                machine["IDENTITY_ENDPOINT"] = new Uri(server, "metadata/identity/oauth2/token").ToString();
                machine["IMDS_ENDPOINT"] = server.ToString();
                break;
            case SourceKind.CloudShell:
                machine["MSI_ENDPOINT"] = new Uri(server, "oauth2/token").ToString();
                break;
            case SourceKind.ServiceFabric:
                machine["IDENTITY_ENDPOINT"] = new Uri(server, "metadata/identity/oauth2/token").ToString();
                machine["IDENTITY_HEADER"] = secret;
                machine["IDENTITY_SERVER_THUMBPRINT"] = thumbprint!;
                break;
            case SourceKind.MachineLearning:
                machine["MSI_ENDPOINT"] = new Uri(server, "msi/token").ToString();
                machine["MSI_SECRET"] = secret;
                break;
        }

        return machine;
    }

    public override string? GetVariable(string name) => _variables.GetValueOrDefault(name);
}
