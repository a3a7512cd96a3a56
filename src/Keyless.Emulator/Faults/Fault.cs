using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>Something that goes wrong with a request, or with the connection that it comes by.</summary>
/// <remarks>
/// A value: one fault may stand in many rules and queues. Each has a <see cref="Kind"/> by which JSON names it;
/// <see cref="FaultKinds.All"/> lists them.
/// </remarks>
public abstract partial record Fault
{
    private protected Fault()
    {
    }

    /// <summary>The name of its kind, such as <c>status</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What passes, by the emulator's clock, before anything else happens.</summary>
    /// <value>Default: null, no time.</value>
    public FaultDelay? Delay { get; private init; }

    /// <summary>Whether it happens to a connection when it is opened, rather than to a request.</summary>
    internal virtual bool IsOfConnection => false;

    /// <summary>Whether the request still goes to the host unharmed, so that another rule may have its turn.</summary>
    internal virtual bool LeavesAnswerAlone => false;

    /// <summary>The same fault, after a fixed time.</summary>
    /// <param name="delay">The time; not negative.</param>
    public Fault After(TimeSpan delay) => After(FaultDelay.Of(delay));

    /// <summary>The same fault, after a time that is drawn for each request.</summary>
    /// <param name="delay">What to draw from.</param>
    public Fault After(FaultDelay delay)
    {
        ArgumentNullException.ThrowIfNull(delay);
        return this with { Delay = delay };
    }

    /// <summary>Names the kind and its parameters, as in JSON.</summary>
    public sealed override string ToString() => FaultJson.Text(this);

    /// <summary>Whether it can show on a request of this leg at all; a queue keeps it for one on which it can.</summary>
    internal virtual bool Suits(Leg leg) => true;

    /// <summary>Answers a request, once <see cref="Delay"/> is over.</summary>
    internal abstract ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken);

    /// <summary>Writes the parameters, as <see cref="FaultKinds"/> reads them.</summary>
    internal abstract void WriteParameters(Utf8JsonWriter json);
}
