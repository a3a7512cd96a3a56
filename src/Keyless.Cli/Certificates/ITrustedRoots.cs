using System.Security.Cryptography.X509Certificates;

namespace Keyless.Cli.Certificates;

/// <summary>The certificates that this user's programs trust.</summary>
internal interface ITrustedRoots
{
    /// <summary>What it is called, for people.</summary>
    string Name { get; }

    IReadOnlyList<X509Certificate2> ReadAll();

    /// <exception cref="ToolException">The system refuses it.</exception>
    void Add(X509Certificate2 certificate);

    /// <exception cref="ToolException">The system refuses it.</exception>
    void Remove(X509Certificate2 certificate);
}
