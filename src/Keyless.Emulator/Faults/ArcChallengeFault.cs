using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A challenge of Azure Arc that no client should take up.</summary>
internal sealed record ArcChallengeFault(ArcFlaw Flaw) : Fault
{
    public const string Name = "arc-challenge";

    public override string Kind => Name;

    public static ArcChallengeFault Read(FaultReader json) => new(json.OneOf<ArcFlaw>("flaw"));

    internal override bool Suits(Leg leg) => leg == Leg.Challenge;

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken) =>
        (context with { Request = context.Request with { ChallengeFlaw = Flaw } }).AnswerAsync(cancellationToken);

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("flaw", KebabCase.Of(Flaw));
}

/// <summary>What is wrong with a challenge of Azure Arc. Nothing is ever written outside the emulator's key directory.</summary>
public enum ArcFlaw
{
    /// <summary>There is no <c>WWW-Authenticate</c> header.</summary>
    NoHeader,

    /// <summary>The header has a second equals sign.</summary>
    SeveralEquals,

    /// <summary>The header names another scheme than Basic.</summary>
    WrongScheme,

    /// <summary>The file that it names is not in the agent's directory. There is no such file.</summary>
    OutsideDirectory,

    /// <summary>The file that it names does not end in <c>.key</c>. There is no such file.</summary>
    WrongExtension,

    /// <summary>The file is a symbolic link to another one in the same directory.</summary>
    Symlink,

    /// <summary>The file has more than 4096 bytes.</summary>
    TooLarge,

    /// <summary>Nobody may read the file (not on Windows; root may all the same).</summary>
    Unreadable,

    /// <summary>The file is empty.</summary>
    Empty,

    /// <summary>The file is gone before the answer comes.</summary>
    Vanishing,
}
