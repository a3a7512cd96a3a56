using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A redirect, which no managed identity endpoint sends: whoever follows it carries a secret elsewhere.</summary>
/// <param name="HttpStatus">The status.</param>
/// <param name="To">An address of this machine, <see cref="Itself"/> or <see cref="Http"/>.</param>
internal sealed record RedirectFault(int HttpStatus, string To) : Fault
{
    public const string Name = "redirect";

    /// <summary>To the address that was asked, without end.</summary>
    public const string Itself = "itself";

    /// <summary>To the same address without TLS.</summary>
    public const string Http = "http";

    private static readonly int[] Statuses = [301, 302, 303, 307, 308];

    public override string Kind => Name;

    /// <exception cref="ArgumentException">The status is no redirect, or the address is not of this machine.</exception>
    public static RedirectFault Of(int status, string to)
    {
        if (!Statuses.Contains(status))
            throw new ArgumentException($"{status} is no redirect. Give one of {string.Join(", ", Statuses)}.", nameof(status));
        var isOk = to is Itself or Http
            || (Uri.TryCreate(to, UriKind.Absolute, out var address) && address.IsLoopback && address.Scheme is "http" or "https");
        return isOk ? new(status, to) : throw new ArgumentException(
            $"'{to}' is no address of this machine. A client that follows would send its secrets there; give a loopback address.", nameof(to));
    }

    public static RedirectFault Read(FaultReader json)
    {
        try
        {
            return Of(json.OptionalInt("status", 300, 399) ?? 302, json.OptionalText("to") ?? Itself);
        }
        catch (ArgumentException exception)
        {
            throw new EmulatorException($"{json.PathOf("to")}: {exception.Message}", exception);
        }
    }

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var own = new Uri(context.Request.BaseAddress, context.Request.Path);
        var location = To switch
        {
            Itself => own.AbsoluteUri,
            Http => new UriBuilder(own) { Scheme = Uri.UriSchemeHttp, Port = own.Port }.Uri.AbsoluteUri,
            _ => To,
        };
        return new(new EndpointAnswer(HttpStatus, ReadOnlyMemory<byte>.Empty, ContentType: null).WithHeader("Location", location));
    }

    internal override void WriteParameters(Utf8JsonWriter json)
    {
        if (HttpStatus != 302)
            json.WriteNumber("status", HttpStatus);
        if (To != Itself)
            json.WriteString("to", To);
    }
}
