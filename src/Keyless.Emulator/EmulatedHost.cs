using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator;

/// <summary>A virtual host: one machine or application of a platform, with the token endpoint that the platform gives it.</summary>
public sealed class EmulatedHost
{
    private readonly IEndpoint _endpoint;
    private readonly Listener _listener;

    internal EmulatedHost(SourceKind source, IReadOnlyList<EmulatedIdentity> assigned, IEndpoint endpoint, Listener listener)
    {
        _endpoint = endpoint;
        _listener = listener;
        Source = source;
        Endpoint = new Uri(listener.BaseAddress, endpoint.Path);
        Variables = endpoint.VariablesAt(Endpoint);
        Problem = endpoint.Problem;
        AssignedIdentities = assigned;
    }

    /// <summary>The platform that it belongs to.</summary>
    public SourceKind Source { get; }

    /// <summary>The address of its token endpoint, without query.</summary>
    public Uri Endpoint { get; }

    /// <summary>The environment variables that a process on this host sees, and that point clients to <see cref="Endpoint"/>.</summary>
    /// <remarks>They hold the host's secret, where its platform has one.</remarks>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Why this host cannot hand out tokens, and how to put it right. Null: it can.</summary>
    public string? Problem { get; }

    /// <summary>
    /// The identities that it hands out tokens for, the system-assigned one first. Empty on Cloud Shell, whose tokens belong to a user.
    /// </summary>
    public IReadOnlyList<EmulatedIdentity> AssignedIdentities { get; }

    /// <summary>Names the platform and the address; never a secret.</summary>
    public override string ToString() => $"{Source} at {Endpoint}";

    internal async ValueTask StopAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        (_endpoint as IDisposable)?.Dispose();
    }
}
