using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A discovery document that does not fit its issuer.</summary>
internal sealed record DiscoveryFault(DiscoveryFlaw Flaw) : RewriteFault
{
    public const string Name = "discovery";

    public override string Kind => Name;

    public static DiscoveryFault Read(FaultReader json) => new(json.OneOf<DiscoveryFlaw>("flaw"));

    internal override bool Suits(Leg leg) => leg == Leg.Discovery;

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("flaw", KebabCase.Of(Flaw));

    private protected override EndpointAnswer Rewrite(EndpointAnswer answer, FaultContext context) => JsonBody.Change(answer, body =>
    {
        var issuer = body["issuer"]?.ToString() ?? "";
        switch (Flaw)
        {
            case DiscoveryFlaw.OtherIssuer:
                body["issuer"] = "https://issuer.example/";
                break;
            case DiscoveryFlaw.IssuerSlash:
                body["issuer"] = issuer.EndsWith('/') ? issuer.TrimEnd('/') : issuer + "/";
                break;
            default:
                if (Uri.TryCreate(body["jwks_uri"]?.ToString(), UriKind.Absolute, out var address))
                    body["jwks_uri"] = new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Port = address.Port }.Uri.AbsoluteUri;
                break;
        }
    });
}

/// <summary>What is wrong with a discovery document.</summary>
public enum DiscoveryFlaw
{
    /// <summary>It names another issuer.</summary>
    OtherIssuer,

    /// <summary>The issuer has a final slash where it should have none, or none where it should have one.</summary>
    IssuerSlash,

    /// <summary>The keys are to be fetched by plain HTTP, whatever the document came by.</summary>
    HttpKeysAddress,
}
