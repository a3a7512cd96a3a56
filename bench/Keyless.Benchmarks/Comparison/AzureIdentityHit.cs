using System.Diagnostics.CodeAnalysis;
using Azure.Core.Pipeline;
using Azure.Identity;
using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Comparison;

/// <summary>The only cached token, by Azure.Identity, which asks MSAL.NET.</summary>
public class AzureIdentityHit
{
    private static readonly Azure.Core.TokenRequestContext Context = new(["https://vault.azure.net/.default"]);

    private ManagedIdentityCredential _credential = null!;

    [GlobalSetup]
    public async Task FillAsync()
    {
        _credential = new ManagedIdentityCredential(
            new ManagedIdentityCredentialOptions(ManagedIdentityId.FromUserAssignedClientId(Guid.NewGuid().ToString()))
            {
                Transport = new HttpClientTransport(new MemoryHandler()),
            });
        await _credential.GetTokenAsync(Context);
    }

    [Benchmark]
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "A hit is complete.")]
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "Read once.")]
    public string AzureIdentity() => _credential.GetTokenAsync(Context).GetAwaiter().GetResult().Token;
}
