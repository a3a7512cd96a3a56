namespace Keyless;

/// <summary>What each <see cref="FailureKind"/> means and what cures it: the one table behind errors, documentation and the tool.</summary>
public sealed record FailureGuide
{
    private static readonly FailureGuide[] Table =
    [
        new(FailureKind.InvalidEndpoint, "invalid_managed_identity_endpoint", isTransient: false,
            "An endpoint variable is set, but to something that is no http or https address.",
            "Set the variable that the message names to the address that the platform gives, or unset it."),
        new(FailureKind.InsecureEndpoint, "invalid_managed_identity_endpoint", isTransient: false,
            "An endpoint variable points over plain http to a host that is neither loopback nor link-local; a token would travel in clear text.",
            "Use https or a local address, or allow the host by name in the client's options."),
        new(FailureKind.InvalidConfiguration, "managed_identity_request_failed", isTransient: false,
            "A variable that the chosen source needs (a secret header, a certificate thumbprint) is missing or unusable.",
            "Take the variable that the message names as the platform sets it; do not copy it between hosts."),
        new(FailureKind.IdentityNotSupported, "user_assigned_managed_identity_not_supported", isTransient: false,
            "The source has no user-assigned identities.",
            "Ask for the system-assigned identity there."),
        new(FailureKind.IdentityNotConfigurable, "user_assigned_managed_identity_not_configurable_at_runtime", isTransient: false,
            "On this source the identity is chosen in the application's manifest.",
            "Assign the identity in the manifest, or name it by object id."),
        new(FailureKind.IdentityKindNotSupported, "invalid_managed_identity_id_type", isTransient: false,
            "The source does not take this kind of id.",
            "Name the identity by the kind of id that the message asks for."),
        new(FailureKind.NoManagedIdentity, "managed_identity_unreachable_network", isTransient: false,
            "No variable announces a managed identity endpoint, and nothing answers at the address that virtual machines have theirs at.",
            "On Azure, assign an identity to this machine. On a development machine, run 'keyless emulate' and set the variables it prints."),
        new(FailureKind.EndpointUnreachable, "managed_identity_unreachable_network", isTransient: true,
            "A variable announces an endpoint, but nothing accepts connections there.",
            "Check that the endpoint is running and that the variable names its address; right after start-up, wait for it."),
        new(FailureKind.ConnectionLost, "managed_identity_unreachable_network", isTransient: true,
            "The endpoint, or something between, broke the connection before the answer was whole.",
            "Try again. If it persists, look at the log of the host's identity agent."),
        new(FailureKind.CertificateRefused, "managed_identity_unreachable_network", isTransient: false,
            "The endpoint's certificate is not the one that IDENTITY_SERVER_THUMBPRINT names, or is not trusted by this machine.",
            "Restart the application so that it reads the current thumbprint; if it is current, something else is answering at the address."),
        new(FailureKind.TimedOut, "request_timeout", isTransient: true,
            "The time budget ran out before there was an answer.",
            "Try again, or give a longer timeout; the message says how the time was spent."),
        new(FailureKind.Throttled, "managed_identity_request_failed", isTransient: true,
            "The endpoint answers 429: it is asked more often than it allows.",
            "Wait as long as it says. Use one client, or at least one cache, per process, and do not ask for tokens in a loop."),
        new(FailureKind.EndpointUnavailable, "managed_identity_request_failed", isTransient: true,
            "The endpoint is there but can't answer now: it is starting, being updated, or failing.",
            "Try again later. If it persists, quote the host's correlation id to its support."),
        new(FailureKind.IdentityNotFound, "managed_identity_request_failed", isTransient: false,
            "The identity does not exist, or is not assigned to this machine; a fresh assignment takes minutes to arrive.",
            "Assign the identity to this machine, or correct its id."),
        new(FailureKind.IdentityAmbiguous, "managed_identity_request_failed", isTransient: false,
            "Several user-assigned identities are assigned to this machine, no system-assigned one, and the request names none.",
            "Name the identity by client id, object id or resource id."),
        new(FailureKind.ResourceNotFound, "managed_identity_request_failed", isTransient: false,
            "The tenant has no application with this resource identifier, or the identifier is malformed.",
            "Compare the resource with the application's identifier URI, to the letter; the final slash may matter."),
        new(FailureKind.AccessDenied, "managed_identity_request_failed", isTransient: false,
            "The endpoint refused the caller: a wrong or outdated secret header, or a policy.",
            "Read the platform's variables anew (restart the process); check what the host's message says."),
        new(FailureKind.RequestRefused, "managed_identity_request_failed", isTransient: false,
            "The endpoint refused the request.",
            "See what the host's message says."),
        new(FailureKind.NotAnEndpoint, "managed_identity_request_failed", isTransient: false,
            "Something answers at the address (a portal, a proxy, a container runtime), but not as a managed identity endpoint does.",
            "Find out what answers there. On a development machine, run 'keyless emulate' and set the variables it prints."),
        new(FailureKind.InvalidResponse, "managed_identity_response_parse_failure", isTransient: false,
            "The endpoint answered 200, but with something that holds no token.",
            "Quote the host's correlation id to its support."),
        new(FailureKind.InvalidExpiry, "invalid_timestamp_format", isTransient: false,
            "The answer holds a token, but its expiry is missing or in no known form.",
            "Quote the form that the message shows to the host's support."),
        new(FailureKind.TokenExpired, "invalid_token_provider_response_value", isTransient: true,
            "The endpoint handed out a token that has already expired.",
            "Compare this machine's clock with the right time; if it is right, the host's cache is stale: try again later."),
        new(FailureKind.WrongIdentity, "user_assigned_managed_identity_not_confirmed", isTransient: false,
            "The token belongs to another identity than the one asked for; it was thrown away.",
            "Assign the identity that you ask for, or ask for the one that the host has; update an old Azure Arc agent."),
        new(FailureKind.RejectedTokenReturned, "managed_identity_request_failed", isTransient: true,
            "After a claims challenge the host handed out the very token that the resource had rejected.",
            "The host's cache has not noticed the rejection. Wait; the platform's cache can keep a token for up to a day."),
        new(FailureKind.ArcChallengeRefused, "managed_identity_request_failed", isTransient: false,
            "What answers on the Azure Arc agent's port asked for something that the agent would not ask for.",
            "Check which program listens there, and that the Azure Arc agent is up to date."),
        new(FailureKind.ArcKeyUnreadable, "managed_identity_request_failed", isTransient: false,
            "The Azure Arc agent proves who the caller is by a file that only administrators and one group may read.",
            "Linux: add the account to the group 'himds' (sudo usermod -aG himds <account>) and log in anew. Windows: run as an administrator, or add the account to 'Hybrid agent extension applications'."),
    ];

    private FailureGuide(FailureKind kind, string errorCode, bool isTransient, string meaning, string cure)
    {
        Kind = kind;
        ErrorCode = errorCode;
        IsTransient = isTransient;
        Meaning = meaning;
        Cure = cure;
    }

    /// <summary>All kinds, in the order of <see cref="FailureKind"/>.</summary>
    public static IReadOnlyList<FailureGuide> All => Table;

    /// <summary>The kind.</summary>
    public FailureKind Kind { get; }

    /// <summary>The error code that MSAL.NET uses for it. A single failure may carry a more exact one.</summary>
    public string ErrorCode { get; }

    /// <summary>Whether it may pass without anybody changing anything.</summary>
    public bool IsTransient { get; }

    /// <summary>What it means.</summary>
    public string Meaning { get; }

    /// <summary>What to do.</summary>
    public string Cure { get; }

    /// <summary>The guide to one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static FailureGuide For(FailureKind kind) => (uint)kind < (uint)Table.Length
        ? Table[(int)kind]
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of failure.");
}
