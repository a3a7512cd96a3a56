using System.Text.Json;

namespace Keyless.Cli.Administration;

/// <summary>What the file of an emulator says of it. It may have ended without taking its file along.</summary>
/// <param name="Path">The file.</param>
/// <param name="Admin">The address of its admin API.</param>
internal sealed record AdminRecord(string Path, Uri Admin)
{
    /// <summary>Its process. Null: the file does not say.</summary>
    public int? Process { get; init; }

    /// <summary>Its configuration file. Null: it has none.</summary>
    public string? Configuration { get; init; }

    /// <summary>The log that it writes in the background. Null: it runs in a terminal.</summary>
    public string? Log { get; init; }

    /// <summary>The options and variables that it was started with, if it runs in the background.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Whether 'keyless up' has started it.</summary>
    public bool IsBackground => Log is not null;

    /// <summary>Reads a file. Null: it is no such file, or not a whole one yet.</summary>
    public static AdminRecord? Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (!Uri.TryCreate(root.GetProperty("admin").GetString(), UriKind.Absolute, out var admin))
                return null;
            return new AdminRecord(path, admin)
            {
                Process = root.TryGetProperty("process", out var process) ? process.GetInt32() : null,
                Configuration = Text(root, "configuration"),
                Log = Text(root, "log"),
                Settings = root.TryGetProperty("settings", out var settings)
                    ? [.. settings.EnumerateArray().Select(each => each.GetString()!)]
                    : [],
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    public void WriteTo(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("admin", Admin.AbsoluteUri);
        if (Process is { } process)
            json.WriteNumber("process", process);
        if (Configuration is not null)
            json.WriteString("configuration", Configuration);
        if (Log is not null)
        {
            json.WriteString("log", Log);
            json.WriteStartArray("settings");
            foreach (var setting in Settings)
                json.WriteStringValue(setting);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var member) ? member.GetString() : null;
}
