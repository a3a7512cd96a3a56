using System.Text.Json;
using Keyless.Emulator.Api;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Admin;

/// <summary>Tokens that no client has asked a host for, and what is to be made of a token that somebody has. None is written down.</summary>
internal static class TokenResource
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new(
            "POST",
            "/tokens",
            "issueToken",
            "Issues a token without a request to any host: a good one, or one that must be refused.",
            IssueAsync)
        {
            Body =
            [
                new("identity", "string", "The name of the managed identity that it is about.", IsRequired: true),
                new("resource", "string", "The resource that it is for.", IsRequired: true),
                new("flaw", "string", $"What is wrong with it, nothing if left out: {KebabCase.List<TokenFlaw>()}."),
                new("lifetime", "string", "How long it lives from now, such as 1h; negative for one that is over."),
                new("notBefore", "string", "When it becomes valid, from now, such as 10m; five minutes ago if left out."),
                new("claims", "object", "Claims beside or in place of its own; null takes one out."),
            ],
        },
        new("POST", "/tokens/inspect", "inspectToken", "Explains a token of whatever issuer, and says why it would be refused.", Inspect)
        {
            Body =
            [
                new("token", "string", "The token.", IsRequired: true),
                new("audience", "string", "The resource that it is to be for; if left out, any will do."),
            ],
        },
    ];

    private static async ValueTask<EndpointAnswer> IssueAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var body = call.Body();
        var identity = body.Text("identity");
        var resource = body.Text("resource");
        var change = new TokenChange
        {
            Flaw = body.OptionalOneOf<TokenFlaw>("flaw"),
            Lifetime = Time(body, "lifetime"),
            NotBefore = Time(body, "notBefore"),
            Claims = body.OptionalClaims("claims"),
        };
        body.RejectOthers();

        var known = call.Emulator.Identities.Select(each => each.Name).Distinct(StringComparer.Ordinal);
        var entry = call.Emulator.TenantDirectory.Content.FindIdentity(identity, call.Emulator.TenantId)
            ?? throw AdminException.Invalid($"{body.PathOf("identity")} is '{identity}'. Give one of {string.Join(", ", known)}.");
        if (!entry.Enabled)
            throw AdminException.Invalid($"{body.PathOf("identity")} is '{identity}', which is disabled. Enable it, or give another one.");

        string token;
        try
        {
            token = await call.Emulator.IssueTokenAsync(entry.Identity, resource, change, cancellationToken).ConfigureAwait(false);
        }
        catch (EmulatorException e)
        {
            throw AdminException.Invalid($"{body.PathOf("resource")}: {e.Message}");
        }

        return EndpointAnswer.Json(200, json =>
        {
            json.WriteString("token", token);
            Write(json, "claims", ParsedToken.TryParse(token)?.Claims);
        });
    }

    // Tokens must be able to say the time.
    private static TimeSpan? Time(FaultReader body, string name) => body.OptionalTime(name) is not { } time ? null
        : time.Duration() <= Most ? time
        : throw AdminException.Invalid($"{body.PathOf(name)} is {Duration.Text(time)}. Give at most ten years.");

    private static EndpointAnswer Inspect(AdminCall call)
    {
        var body = call.Body();
        var text = body.Text("token");
        var audience = body.OptionalText("audience");
        body.RejectOthers();

        var token = ParsedToken.TryParse(text);
        var verdicts = call.Emulator.TokenCheck.Judge(text, token, new TokenExpectation { Audience = audience }).ToArray();
        var refusal = Array.Find(verdicts, verdict => verdict.Refusal is not null)?.Refusal;
        return EndpointAnswer.Json(200, json =>
        {
            Write(json, "header", token?.Header);
            Write(json, "claims", token?.Claims);
            WriteExplanations(json, token, call.Emulator.Clock.TokenNow);
            json.WriteStartArray("verdicts");
            foreach (var verdict in verdicts)
            {
                json.WriteStartObject();
                json.WriteString("check", verdict.Check);
                json.WriteBoolean("ok", verdict.Refusal is null);
                json.WriteString("text", verdict.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("accepted", refusal is null);
            if (refusal is not null)
                json.WriteString("reason", refusal.Reason);
        });
    }

    private static void WriteExplanations(Utf8JsonWriter json, ParsedToken? token, DateTimeOffset now)
    {
        const int Longest = 400;
        json.WriteStartArray("explanations");
        if (token is not null)
        {
            foreach (var claim in token.Claims.EnumerateObject())
            {
                var value = ClaimGuide.Show(claim.Name, claim.Value);
                json.WriteStartObject();
                json.WriteString("claim", claim.Name);
                json.WriteString("value", value.Length <= Longest ? value : $"{value[..Longest]}…");
                json.WriteString("meaning", ClaimGuide.ExplainClaim(claim.Name, claim.Value, now));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement? value)
    {
        json.WritePropertyName(name);
        if (value is { } known)
            known.WriteTo(json);
        else
            json.WriteNullValue();
    }
}
