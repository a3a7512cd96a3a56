using System.Text.Json;
using Keyless.Emulator.Admin;
using Keyless.Emulator.Safety;

namespace Keyless.Emulator.Tests.Admin;

public sealed class OpenApiDocumentTests
{
    [Fact]
    public async Task it_lists_exactly_the_routes_that_there_are()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var routes = new AdminPlane(emulator, HostNames.OwnOnly, key: null).Routes;

        var document = (await emulator.AdminAsync("/openapi.json")).Json;

        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        Assert.Equal(
            routes.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal),
            Operations(document).Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}").Order(StringComparer.Ordinal));
        Assert.Equal(routes.Count, routes.Select(route => route.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task every_path_and_method_in_it_is_answered_by_the_api()
    {
        await using var emulator = await AdminCalls.StartAsync();

        foreach (var (path, method, _) in Operations((await emulator.AdminAsync("/openapi.json")).Json))
        {
            // It has no end, and tests of its own.
            if (path == "/journal/stream")
                continue;

            var address = path.Replace("{host}", "vm", StringComparison.Ordinal).Replace("{name}", "n", StringComparison.Ordinal)
                .Replace("{id}", "k", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal);
            var answer = method == "get" ? await emulator.AdminAsync(address) : await emulator.ChangeAsync(
                address, "", new HttpMethod(method.ToUpperInvariant()));

            Assert.NotEqual(405, (int)answer.Status);
            Assert.InRange((int)answer.Status, 200, 404);
            Assert.DoesNotContain("There is nothing at", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task every_reference_in_it_leads_somewhere_and_every_path_field_is_a_parameter()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var document = (await emulator.AdminAsync("/openapi.json")).Json;

        foreach (var (path, _, operation) in Operations(document))
        {
            var parameters = operation.GetProperty("parameters").EnumerateArray()
                .Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => $"{{{parameter.GetProperty("name").GetString()}}}");
            Assert.Equal(path.Split('/').Where(segment => segment.StartsWith('{')), parameters);
            var reference = operation.GetProperty("responses").GetProperty("default").GetProperty("content").GetProperty("application/json")
                .GetProperty("schema").GetProperty("$ref").GetString()!;
            var target = reference.TrimStart('#', '/').Split('/').Aggregate(document, (json, name) => json.GetProperty(name));
            Assert.Equal("object", target.GetProperty("type").GetString());
        }
    }

    [Fact]
    public async Task it_says_where_a_key_is_needed()
    {
        await using var open = await AdminCalls.StartAsync();
        await using var locked = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], AdminKey = AdminCalls.Key });

        var without = (await open.AdminAsync("/openapi.json")).Json;
        var with = (await locked.AdminAsync("/openapi.json", ("Authorization", $"Bearer {AdminCalls.Key}"))).Json;

        Assert.All(Operations(without), operation => Assert.False(operation.Json.TryGetProperty("security", out _)));
        Assert.All(Operations(with), operation => Assert.Equal(
            operation.Path is not ("/healthz" or "/readyz"), operation.Json.TryGetProperty("security", out _)));
    }

    private static IEnumerable<(string Path, string Method, JsonElement Json)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);
}
