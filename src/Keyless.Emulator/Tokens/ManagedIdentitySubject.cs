using System.Text.Json;

namespace Keyless.Emulator.Tokens;

/// <summary>A managed identity on a host: an application's token, without anything of a person.</summary>
internal sealed class ManagedIdentitySubject(EmulatedIdentity identity, string? hostResourceId) : TokenSubject
{
    public override Guid ObjectId => identity.ObjectId;

    public EmulatedIdentity Identity => identity;

    /// <summary>The same host, another identity.</summary>
    public ManagedIdentitySubject With(EmulatedIdentity other) => new(other, hostResourceId);

    public override void WriteClaims(Utf8JsonWriter json, TokenDraft draft)
    {
        json.WriteString("oid", identity.ObjectId);
        json.WriteString("sub", identity.ObjectId);
        if (draft.Version == 2)
        {
            json.WriteString("azp", identity.ClientId);
            json.WriteString("azpacr", "2");
            return;
        }

        json.WriteString("appid", identity.ClientId);
        json.WriteString("appidacr", "2");
        json.WriteString("idp", draft.Issuer);
        json.WriteString("idtyp", "app");
        if (draft.IsForGraph)
        {
            json.WriteString("app_displayname", identity.Name);
            json.WriteString("tenant_region_scope", "EU");
        }

        json.WriteStartArray("xms_az_nwperimid");
        json.WriteEndArray();

        // A system-assigned identity already names its host in xms_mirid.
        if (!identity.IsSystemAssigned && hostResourceId is not null)
            json.WriteString("xms_az_rid", hostResourceId);
        json.WriteString("xms_idrel", "7 24");
        json.WriteString("xms_mirid", identity.ResourceId);
    }
}
