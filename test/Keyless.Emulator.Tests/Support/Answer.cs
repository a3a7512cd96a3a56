using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Keyless.Emulator.Tests.Support;

/// <summary>What a host answered.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    private readonly Lazy<JsonElement> _json = new(() => JsonDocument.Parse(Text).RootElement);

    public JsonElement Json => _json.Value;

    public string Token => String("access_token");

    /// <summary>The names of the body's members, in their order.</summary>
    public string[] Members => [.. Json.EnumerateObject().Select(member => member.Name)];

    /// <summary>The text of a member, which must be a string. A dot leads into an object.</summary>
    public string String(string path)
    {
        var member = Member(path);
        Assert.Equal(JsonValueKind.String, member.ValueKind);
        return member.GetString()!;
    }

    public JsonElement Member(string path) => path.Split('.').Aggregate(Json, (json, name) => json.GetProperty(name));

    public string Header(string name) => Assert.Single(Headers.GetValues(name));

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        response.StatusCode,
        response.Headers,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsStringAsync(cancellationToken));
}
