using System.Text.Json;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Tokens;

/// <summary>A signed-in user, as in Cloud Shell: a delegated token.</summary>
internal sealed class UserSubject(EmulatedUser user) : TokenSubject
{
    public override Guid ObjectId => user.ObjectId;

    public override void WriteClaims(Utf8JsonWriter json, TokenDraft draft)
    {
        json.WriteString("name", user.Name);
        json.WriteString("oid", user.ObjectId);
        json.WriteString("scp", "user_impersonation");

        // Pairwise: a user's subject differs from application to application and is not the object id.
        json.WriteString("sub", StableGuid.Of($"user/{user.PrincipalName}/subject").ToString("N"));
        if (draft.Version == 2)
        {
            json.WriteString("azp", EmulatedUser.CloudShellApplication);
            json.WriteString("azpacr", "2");
            json.WriteString("preferred_username", user.PrincipalName);
            return;
        }

        json.WriteString("acr", "1");
        json.WriteStartArray("amr");
        json.WriteStringValue("pwd");
        json.WriteEndArray();
        json.WriteString("appid", EmulatedUser.CloudShellApplication);
        json.WriteString("appidacr", "2");
        json.WriteString("family_name", user.FamilyName);
        json.WriteString("given_name", user.GivenName);
        json.WriteString("idtyp", "user");
        json.WriteString("unique_name", user.PrincipalName);
        json.WriteString("upn", user.PrincipalName);
    }
}
