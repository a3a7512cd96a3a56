using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>Something that happens to a connection when it is opened.</summary>
internal sealed record ConnectionFault(ConnectionFlaw Flaw) : Fault
{
    public const string Name = "connection";

    public override string Kind => Name;

    internal override bool IsOfConnection => true;

    public static ConnectionFault Read(FaultReader json) => new(json.OneOf<ConnectionFlaw>("flaw"));

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken) =>
        context.AnswerAsync(cancellationToken);

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("flaw", KebabCase.Of(Flaw));
}

/// <summary>What is wrong with a connection from its beginning.</summary>
public enum ConnectionFlaw
{
    /// <summary>It is accepted, and nothing is ever read from it or sent; under TLS the handshake stalls.</summary>
    NeverRead,

    /// <summary>It is accepted and reset.</summary>
    Reset,

    /// <summary>TLS shows another certificate than the one whose thumbprint processes know. Nothing happens without TLS.</summary>
    OtherCertificate,

    /// <summary>TLS shows another certificate, which is over. Nothing happens without TLS.</summary>
    ExpiredCertificate,

    /// <summary>TLS shows another certificate, for another name and no address. Nothing happens without TLS.</summary>
    CertificateOfAnotherName,

    /// <summary>The server speaks no newer TLS than 1.0, which clients refuse by themselves. Nothing happens without TLS.</summary>
    OldProtocol,
}
