using System.Text.Json;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Tokens;

/// <summary>A managed identity on a host: an application's token, without anything of a person.</summary>
internal sealed class ManagedIdentitySubject(EmulatedIdentity identity, string? hostResourceId) : TokenSubject
{
    public override Guid ObjectId => identity.ObjectId;

    public override void WriteClaims(Utf8JsonWriter json, string issuer)
    {
        json.WriteString("appid", identity.ClientId);
        json.WriteString("appidacr", "2");
        json.WriteString("idp", issuer);
        json.WriteString("idtyp", "app");
        json.WriteString("oid", identity.ObjectId);
        json.WriteString("sub", identity.ObjectId);
        json.WriteString("tid", identity.TenantId);
        json.WriteStartArray("xms_az_nwperimid");
        json.WriteEndArray();

        // A system-assigned identity already names its host in xms_mirid.
        if (!identity.IsSystemAssigned && hostResourceId is not null)
            json.WriteString("xms_az_rid", hostResourceId);
        json.WriteString("xms_idrel", "7 24");
        json.WriteString("xms_mirid", identity.ResourceId);
        json.WriteNumber("xms_tcdt", TokenMinter.TenantCreatedOn);
    }
}
