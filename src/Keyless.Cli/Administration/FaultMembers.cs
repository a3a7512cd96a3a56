using System.CommandLine;
using System.Text.Json;

namespace Keyless.Cli.Administration;

/// <summary>The members of faults and rules as arguments: <c>status=429</c>, <c>retryAfter=2s</c>.</summary>
internal static class FaultMembers
{
    public static Option<string[]> Option(string name, string description) => new(name)
    {
        HelpName = "NAME=VALUE",
        Description = description,
        DefaultValueFactory = _ => [],
    };

    public static void WriteFault(Utf8JsonWriter json, string kind, IEnumerable<string> parameters)
    {
        json.WriteStartObject("fault");
        json.WriteString("kind", kind);
        Write(json, parameters);
        json.WriteEndObject();
    }

    /// <summary>Writes an object; none where there are no members.</summary>
    public static void WriteObject(Utf8JsonWriter json, string name, IReadOnlyCollection<string> members)
    {
        if (members.Count == 0)
            return;

        json.WriteStartObject(name);
        Write(json, members);
        json.WriteEndObject();
    }

    /// <summary>Reads a rule from a file, or from standard input.</summary>
    /// <exception cref="ToolException">It cannot be read, or is no JSON.</exception>
    public static JsonElement ReadFile(string path, ToolContext context)
    {
        try
        {
            using var stream = path == "-" ? context.OpenInput() : File.OpenRead(path);
            using var json = JsonDocument.Parse(
                stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw ToolException.Usage($"--file: {path} is no JSON: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--file: {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Writes members into an object that has begun.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<string> members)
    {
        foreach (var member in members)
        {
            var at = member.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw ToolException.Usage($"'{member}' is no parameter. Give a name and a value, such as status=429.");
            json.WritePropertyName(member[..at]);
            WriteValue(json, member[(at + 1)..]);
        }
    }

    // What is JSON by itself is meant as such; a text that only looks like it can be quoted.
    private static void WriteValue(Utf8JsonWriter json, string text)
    {
        try
        {
            using var value = JsonDocument.Parse(text);
            value.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(text);
        }
    }
}
