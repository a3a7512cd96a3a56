using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A refusal that the platform knows, for a reason that does not hold.</summary>
internal sealed record RefusalFault(RefusalReason Reason) : Fault
{
    public const string Name = "refusal";

    private static readonly string[] Selectors =
        ["client_id", "clientid", "object_id", "principal_id", "principalId", "msi_res_id", "mi_res_id"];

    public override string Kind => Name;

    public static RefusalFault Read(FaultReader json) => new(json.OneOf<RefusalReason>("reason"));

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        // Nobody who says which identity is told that there are several.
        if (Reason == RefusalReason.MultipleIdentities && Array.Exists(Selectors, name => context.Request.Query[name] is not null))
            return context.AnswerAsync(cancellationToken);

        var (status, code, text) = TextFor(context.Source, context.Facts.Resource);
        return new(context.Responder.Refuse(status, code, text));
    }

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("reason", KebabCase.Of(Reason));

    private (int Status, string Code, string Text) TextFor(SourceKind? source, string? resource)
    {
        var isServiceFabric = source == SourceKind.ServiceFabric;
        return Reason switch
        {
            RefusalReason.IdentityNotFound when isServiceFabric => (404, "ManagedIdentityNotFound", "Identity not found."),
            RefusalReason.IdentityNotFound => (400, "invalid_request", "Identity not found"),
            RefusalReason.MultipleIdentities =>
                (400, "invalid_request", "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"),
            RefusalReason.BadResource => (
                400,
                isServiceFabric ? "InvalidResource" : "invalid_resource",
                $"AADSTS500011: The resource principal named {resource} was not found in the tenant."),
            RefusalReason.BadVersion =>
                (400, isServiceFabric ? "InvalidApiVersion" : "invalid_request", "The api-version of the request is not supported."),
            RefusalReason.HeaderMissing =>
                (400, isServiceFabric ? "SecretHeaderNotFound" : "invalid_request", "Required metadata header not specified"),
            RefusalReason.WrongSecret when isServiceFabric =>
                (404, "ManagedIdentityNotFound", "No application of this cluster has the secret that the request holds."),
            RefusalReason.WrongSecret => (401, "unauthorized", "The request does not hold the secret of this host."),
            _ => (403, "forbidden", "Access to the metadata service is blocked for this process."),
        };
    }
}

/// <summary>Why a platform refuses a token.</summary>
public enum RefusalReason
{
    /// <summary>The identity is not assigned to the host.</summary>
    IdentityNotFound,

    /// <summary>The host has several identities, and the request names none. One that names its identity is answered.</summary>
    MultipleIdentities,

    /// <summary>Nobody knows the resource (AADSTS500011).</summary>
    BadResource,

    /// <summary>The protocol's version is not supported.</summary>
    BadVersion,

    /// <summary>The header that shows a client's good will is missing.</summary>
    HeaderMissing,

    /// <summary>The host's secret is another.</summary>
    WrongSecret,

    /// <summary>The process may not reach the endpoint.</summary>
    Blocked,
}
