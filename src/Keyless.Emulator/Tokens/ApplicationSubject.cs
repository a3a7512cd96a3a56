using System.Text.Json;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Tokens;

/// <summary>An app registration that has come with its own credentials.</summary>
/// <param name="application">The application.</param>
/// <param name="strength">How it proved itself, as tokens say it: 1 by a secret, 2 by a certificate or an assertion.</param>
internal sealed class ApplicationSubject(ApplicationEntry application, string strength) : TokenSubject
{
    public override Guid ObjectId => application.ObjectId;

    public ApplicationEntry Application => application;

    public override void WriteClaims(Utf8JsonWriter json, TokenDraft draft)
    {
        json.WriteString("oid", application.ObjectId);
        json.WriteString("sub", application.ObjectId);
        if (draft.Version == 2)
        {
            json.WriteString("azp", application.ClientId);
            json.WriteString("azpacr", strength);
            return;
        }

        json.WriteString("appid", application.ClientId);
        json.WriteString("appidacr", strength);
        json.WriteString("idp", draft.Issuer);
        json.WriteString("idtyp", "app");
        if (draft.IsForGraph)
        {
            json.WriteString("app_displayname", application.Options.Name);
            json.WriteString("tenant_region_scope", "EU");
        }

        json.WriteString("xms_idrel", "7 20");
    }
}
