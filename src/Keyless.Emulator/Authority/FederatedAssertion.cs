using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>An application that proves itself by somebody else's token, such as a managed identity's.</summary>
internal sealed class FederatedAssertion(TenantDirectory directory, Issuers issuers, KeyRing keys)
{
    /// <summary>What is wrong with a token as an application's credential. Null: nothing.</summary>
    public EntraError? FindFault(ApplicationEntry application, ParsedToken assertion, DateTimeOffset now)
    {
        var records = application.Options.FederatedCredentials.Select(options => Resolve(options, application.Tenant)).ToArray();
        if (records.Length == 0)
            return EntraErrors.NoFederatedCredential(application.ClientId);

        // Each is compared as written, in case as well: that is where most mistakes are.
        var issuer = assertion.Text("iss");
        var ofIssuer = records.Where(record => record.Issuers.Contains(issuer)).ToArray();
        if (ofIssuer.Length == 0)
            return EntraErrors.NoFederatedIssuer(issuer, records.SelectMany(record => record.Issuers));

        var subject = assertion.Text("sub");
        var ofSubject = ofIssuer.Where(record => record.Subject == subject).ToArray();
        if (ofSubject.Length == 0)
            return EntraErrors.NoFederatedSubject(subject, ofIssuer.Select(record => record.Subject));

        var audiences = assertion.Texts("aud");
        if (!ofSubject.Any(record => audiences.Any(audience => IsSameAudience(audience, record.Audience))))
            return EntraErrors.NoFederatedAudience(string.Join(", ", audiences), ofSubject.Select(record => record.Audience));

        return FindSignatureFault(issuer!, assertion) ?? AssertionTime.FindFault(assertion, now);
    }

    private EntraError? FindSignatureFault(string issuer, ParsedToken assertion)
    {
        if (!directory.Content.Tenants.Any(entry => IssuersOf(entry.Tenant.Id).Contains(issuer)))
            return EntraErrors.UnreachableIssuer(issuer);
        return assertion.Algorithm == "RS256"
            && assertion.KeyId is { } id
            && keys.FindPublished(id)?.Verify(assertion.Signed, assertion.Signature) == true
            ? null
            : EntraErrors.BadFederatedSignature;
    }

    private Record Resolve(FederatedCredentialDescription options, EmulatedTenant tenant)
    {
        var identity = options.Identity is { } name ? directory.Content.FindUserAssigned(tenant.Id, name)?.Identity : null;
        return new Record(
            options.Issuer is { } issuer ? [issuer] : IssuersOf(tenant.Id),
            options.Subject ?? identity?.ObjectId.ToString() ?? "",
            options.Audience);
    }

    // The same tenant, in tokens of either form.
    private string[] IssuersOf(Guid tenantId) => [issuers.V2(tenantId), issuers.V1(tenantId)];

    // A token of the v2 form names its audience by application id.
    private bool IsSameAudience(string audience, string expected) =>
        audience == expected
        || (directory.Content.FindResource(expected) is { } api && audience == api.AppId.ToString());

    private sealed record Record(string[] Issuers, string Subject, string Audience);
}
