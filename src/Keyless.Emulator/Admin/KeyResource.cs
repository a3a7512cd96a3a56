using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Keys;

namespace Keyless.Emulator.Admin;

/// <summary>The keys that tokens are signed with: what may be known of them, and their turns. No private key leaves the emulator here.</summary>
internal static class KeyResource
{
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new("GET", "/keys", "listKeys", "Lists the signing keys, the newest first; among them the last ones that are gone.", ListAsync),
        new("POST", "/keys/next", "publishNextKey", "Publishes the key that the next rotation makes the active one.", PublishAsync),
        new("POST", "/keys/rotate", "rotateKeys", "Makes the next key the active one, or a new one where none was published.", RotateAsync)
        {
            Body = [new("overlap", "string", "How long the old key stays published, such as 1h; 24h if left out, 0s for not at all.")],
        },
        new(
            "DELETE",
            "/keys/{id}",
            "revokeKey",
            "Takes a key out of the published ones at once; tokens that it has signed are refused.",
            RevokeAsync),
    ];

    private static async ValueTask<EndpointAnswer> ListAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var keys = await call.Emulator.Keys.ListAsync(cancellationToken).ConfigureAwait(false);
        return EndpointAnswer.Json(200, json =>
        {
            json.WriteStartArray("keys");
            foreach (var key in keys)
                Write(json, key);
            json.WriteEndArray();
        });
    }

    private static async ValueTask<EndpointAnswer> PublishAsync(AdminCall call, CancellationToken cancellationToken) =>
        Answer(await call.Emulator.Keys.PublishNextAsync(cancellationToken).ConfigureAwait(false));

    private static async ValueTask<EndpointAnswer> RotateAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var body = call.Body();
        var overlap = body.OptionalTime("overlap");
        body.RejectOthers();
        if (overlap < TimeSpan.Zero || overlap > TimeSpan.FromDays(3650))
            throw AdminException.Invalid($"body.overlap is {Duration.Text(overlap.Value)}. Give a time from nothing to ten years.");

        return Answer(await call.Emulator.Keys.RotateAsync(overlap, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<EndpointAnswer> RevokeAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var id = call.Path["id"];
        if (!await call.Emulator.Keys.RevokeAsync(id, cancellationToken).ConfigureAwait(false))
            throw AdminException.NotFound($"No published key has the id '{id}'. GET /keys lists them.");
        return await ListAsync(call, cancellationToken).ConfigureAwait(false);
    }

    private static EndpointAnswer Answer(EmulatedKey key) => EndpointAnswer.Json(200, json =>
    {
        json.WritePropertyName("key");
        Write(json, key);
    });

    private static void Write(Utf8JsonWriter json, EmulatedKey key)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        json.WriteString("state", KebabCase.Of(key.State));
        json.WriteString("fingerprint", key.Fingerprint);
        json.WriteString("createdOn", key.CreatedOn);
        Write(json, "activeSince", key.ActiveSince);
        Write(json, "goneOn", key.GoneOn);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, known);
        else
            json.WriteNull(name);
    }
}
