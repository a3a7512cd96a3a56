namespace Keyless.Cli;

/// <summary>What the process ends with. The numbers are documented in <c>docs/cli.md</c> and do not change.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>An error of the tool itself, or the emulator could not start.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line or the input makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>This machine has no managed identity.</summary>
    public const int NoManagedIdentity = 3;

    /// <summary>There should be an endpoint, but it can't be talked to.</summary>
    public const int Unreachable = 4;

    /// <summary>The endpoint, or what announces it, is there but gives no usable token.</summary>
    public const int Refused = 5;

    public const int TimedOut = 6;

    /// <summary>What was verified is not as it should be: the requests in the journal, or a token.</summary>
    public const int NotAsExpected = 7;

    /// <summary>'doctor' has found something serious.</summary>
    public const int SeriousFinding = 8;

    /// <summary>There is a file of the command's name, but it can't be run; the code that shells have for it.</summary>
    public const int CommandNotRun = 126;

    /// <summary>There is no such command; the code that shells have for it.</summary>
    public const int CommandNotFound = 127;

    /// <summary>Ctrl+C or SIGTERM.</summary>
    public const int Cancelled = 130;

    /// <summary>The code for a kind of failure: the one table.</summary>
    public static int For(FailureKind kind) => kind switch
    {
        FailureKind.NoManagedIdentity => NoManagedIdentity,
        FailureKind.NotAnEndpoint => NoManagedIdentity,

        FailureKind.EndpointUnreachable => Unreachable,
        FailureKind.ConnectionLost => Unreachable,
        FailureKind.CertificateRefused => Unreachable,

        FailureKind.TimedOut => TimedOut,

        FailureKind.InvalidEndpoint => Refused,
        FailureKind.InsecureEndpoint => Refused,
        FailureKind.InvalidConfiguration => Refused,
        FailureKind.IdentityNotSupported => Refused,
        FailureKind.IdentityNotConfigurable => Refused,
        FailureKind.IdentityKindNotSupported => Refused,
        FailureKind.Throttled => Refused,
        FailureKind.EndpointUnavailable => Refused,
        FailureKind.IdentityNotFound => Refused,
        FailureKind.IdentityAmbiguous => Refused,
        FailureKind.ResourceNotFound => Refused,
        FailureKind.AccessDenied => Refused,
        FailureKind.RequestRefused => Refused,
        FailureKind.InvalidResponse => Refused,
        FailureKind.InvalidExpiry => Refused,
        FailureKind.TokenExpired => Refused,
        FailureKind.WrongIdentity => Refused,
        FailureKind.RejectedTokenReturned => Refused,
        FailureKind.ArcChallengeRefused => Refused,
        FailureKind.ArcKeyUnreadable => Refused,

        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of failure without an exit code."),
    };
}
