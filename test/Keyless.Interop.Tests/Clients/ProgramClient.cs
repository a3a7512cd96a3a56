using System.Text.Json;
using Keyless.Interop.Calls;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Clients;

/// <summary>A client behind a program of ours that takes calls as arguments and prints a line for each.</summary>
internal abstract record ProgramClient(string Name) : InteropClient(Name)
{
    public sealed override async Task<IReadOnlyList<TokenOutcome>> AskAsync(
        SourceKind source, IReadOnlyDictionary<string, string> variables, IReadOnlyList<TokenCall> calls)
    {
        var (file, arguments) = Command();
        var (exitCode, output, error) = await Child.RunAsync(
            file,
            [.. arguments, .. calls.Select(static call => JsonSerializer.Serialize(call, CallJson.Default.TokenCall))],
            variables);
        Assert.True(exitCode == 0, $"{Name} ended with exit code {exitCode}: {error}");

        var outcomes = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonSerializer.Deserialize(line, CallJson.Default.TokenOutcome)!)
            .ToList();
        Assert.Equal(calls.Count, outcomes.Count);
        return outcomes;
    }

    /// <summary>The program, and its first arguments.</summary>
    protected abstract (string File, string[] Arguments) Command();
}
