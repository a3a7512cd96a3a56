using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Endpoints;

/// <summary>The token endpoint of one virtual host, in the dialect of its platform.</summary>
internal interface IEndpoint : IResponder
{
    /// <summary>The path at which tokens are asked for.</summary>
    string Path { get; }

    /// <summary>The certificate for TLS. Null: plain HTTP.</summary>
    X509Certificate2? Certificate => null;

    /// <summary>Why it cannot hand out tokens. Null: it can.</summary>
    string? Problem => null;

    /// <summary>The variables that point a process to the endpoint at this address.</summary>
    IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint);
}
