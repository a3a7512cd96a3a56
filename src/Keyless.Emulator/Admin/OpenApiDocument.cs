using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Admin;

/// <summary>The admin API's description in the form of OpenAPI 3.1, made from its routes.</summary>
internal static class OpenApiDocument
{
    private const string ErrorSchema = "#/components/schemas/Error";

    public static EndpointAnswer Of(IReadOnlyList<AdminRoute> routes, bool takesKey) => EndpointAnswer.Json(200, json =>
    {
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "Keyless emulator, admin API");
        json.WriteString("version", "1");
        json.WriteString(
            "description",
            "State and control of a running emulator of managed identity endpoints. Changes need Content-Type: application/json.");
        json.WriteEndObject();

        json.WriteStartObject("paths");
        foreach (var path in routes.GroupBy(route => route.Path, StringComparer.Ordinal))
        {
            json.WriteStartObject(path.Key);
            foreach (var route in path)
                Write(json, route, takesKey);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteComponents(json, takesKey);
    });

    private static void Write(Utf8JsonWriter json, AdminRoute route, bool takesKey)
    {
        json.WriteStartObject(JsonNamingPolicy.CamelCase.ConvertName(route.Method.ToLowerInvariant()));
        json.WriteString("operationId", route.Id);
        json.WriteString("summary", route.Summary);
        json.WriteStartArray("tags");
        json.WriteStringValue(route.Path.Split('/')[1] is { Length: > 0 } first && !route.IsOpen ? first : "state");
        json.WriteEndArray();
        if (takesKey && !route.IsOpen)
        {
            json.WriteStartArray("security");
            json.WriteStartObject();
            json.WriteStartArray("adminKey");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        WriteParameters(json, route);
        if (route.Method != "GET")
            WriteBody(json, route.Body);

        json.WriteStartObject("responses");
        WriteResponse(json, "200", "What was asked for.", route.Produces, schema: null);
        WriteResponse(json, "default", "A refusal, and what to do.", "application/json", ErrorSchema);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, AdminRoute route)
    {
        json.WriteStartArray("parameters");
        foreach (var name in route.PathFields)
            WriteParameter(json, "path", new AdminField(name, "string", $"The {name}.", IsRequired: true));
        foreach (var field in route.Query)
            WriteParameter(json, "query", field);
        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, string place, AdminField field)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WriteString("in", place);
        json.WriteString("description", field.Description);
        json.WriteBoolean("required", field.IsRequired);
        json.WriteStartObject("schema");
        json.WriteString("type", field.Type);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, IReadOnlyList<AdminField> fields)
    {
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", fields.Any(field => field.IsRequired));
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in fields)
        {
            json.WriteStartObject(field.Name);
            json.WriteString("type", field.Type);
            json.WriteString("description", field.Description);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        AdminJson.WriteList(json, "required", fields.Where(field => field.IsRequired).Select(field => field.Name));
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, string status, string description, string type, string? schema)
    {
        json.WriteStartObject(status);
        json.WriteString("description", description);
        json.WriteStartObject("content");
        json.WriteStartObject(type);
        json.WriteStartObject("schema");
        if (schema is null)
            json.WriteString("type", type == "application/json" ? "object" : "string");
        else
            json.WriteString("$ref", schema);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteComponents(Utf8JsonWriter json, bool takesKey)
    {
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        json.WriteStartObject("Error");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var name in new[] { "error", "message" })
        {
            json.WriteStartObject(name);
            json.WriteString("type", "string");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        if (takesKey)
        {
            json.WriteStartObject("securitySchemes");
            json.WriteStartObject("adminKey");
            json.WriteString("type", "http");
            json.WriteString("scheme", "bearer");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
