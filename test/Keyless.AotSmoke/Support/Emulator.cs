using System.Diagnostics;
using System.Text.Json;

namespace Keyless.AotSmoke.Support;

/// <summary>The tool's emulator, with a host of every kind.</summary>
internal sealed class Emulator : IAsyncDisposable
{
    private readonly Process _process;
    private readonly JsonElement _description;
    private readonly string _keys;

    private Emulator(Process process, JsonElement description, string keys)
    {
        _process = process;
        _description = description;
        _keys = keys;
    }

    /// <summary>The address of its admin API.</summary>
    public string Admin => _description.GetProperty("admin").GetString()!;

    public static async Task<Emulator> StartAsync(Tool tool)
    {
        var keys = Directory.CreateDirectory(Path.Combine(tool.Directory, "arc")).FullName;
        var process = tool.Start(new Dictionary<string, string> { ["KEYLESS_EMULATOR_ARC_KEY_DIRECTORY"] = keys }, "emulate", "--json");
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The emulator did not start: {await process.StandardError.ReadToEndAsync()}");
        using var description = JsonDocument.Parse(line);
        return new Emulator(process, description.RootElement.Clone(), keys);
    }

    public string HostOf(SourceKind source) => Host(source).GetProperty("name").GetString()!;

    /// <summary>The machine of a source, as a client sees it.</summary>
    public MachineEnvironment Machine(SourceKind source) => new EmulatedMachine(Variables(source), _keys);

    public Dictionary<string, string> Variables(SourceKind source) => Host(source).GetProperty("variables").EnumerateObject()
        .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!, StringComparer.Ordinal);

    /// <summary>An identity of a source's host.</summary>
    public EmulatedIdentity Identity(SourceKind source, bool isSystemAssigned)
    {
        var assigned = Host(source).GetProperty("identities").EnumerateArray().Select(name => name.GetString()).ToArray();
        var identity = _description.GetProperty("identities").EnumerateArray().First(each =>
            each.GetProperty("systemAssigned").GetBoolean() == isSystemAssigned && assigned.Contains(each.GetProperty("name").GetString()));
        return new EmulatedIdentity(
            identity.GetProperty("clientId").GetString()!,
            identity.GetProperty("objectId").GetString()!,
            identity.GetProperty("resourceId").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private JsonElement Host(SourceKind source)
    {
        var name = source switch
        {
            SourceKind.Imds => "imds",
            SourceKind.AppService => "app-service",
            SourceKind.AzureArc => "azure-arc",
            SourceKind.CloudShell => "cloud-shell",
            SourceKind.ServiceFabric => "service-fabric",
            _ => "machine-learning",
        };
        return _description.GetProperty("hosts").EnumerateArray().First(host => host.GetProperty("source").GetString() == name);
    }

    private sealed class EmulatedMachine(Dictionary<string, string> variables, string keys) : MachineEnvironment
    {
        public override string? ArcKeyDirectory => keys;

        public override string? GetVariable(string name) => variables.GetValueOrDefault(name);
    }
}

/// <summary>The ids of an identity.</summary>
internal sealed record EmulatedIdentity(string ClientId, string ObjectId, string ResourceId);
