using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Commands;

/// <summary>One run of one command: its arguments, and the pages it writes to.</summary>
internal sealed class Invocation
{
    private readonly ParseResult _parsed;
    private readonly GlobalOptions _globals;

    public Invocation(ParseResult parsed, ToolContext context, GlobalOptions globals)
    {
        (_parsed, _globals) = (parsed, globals);
        Context = context;
        Json = parsed.GetValue(globals.Json);
        Output = Page.OfOutput(context, parsed.GetValue(globals.NoColor));
        Error = Page.OfError(context, parsed.GetValue(globals.NoColor));
    }

    public ToolContext Context { get; }

    /// <summary>Whether JSON is wanted in place of text.</summary>
    public bool Json { get; }

    public Page Output { get; }

    public Page Error { get; }

    /// <summary>What stands behind the first '--', as it stands there.</summary>
    public IReadOnlyList<string> AfterDelimiter =>
        [.. _parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Select(token => token.Value)];

    public DateTimeOffset Now => Context.Time.GetUtcNow();

    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>What an option sets in the emulator's configuration; nothing where it is not given.</summary>
    public IEnumerable<ConfigurationFlag> Flag(Option option, string member) =>
        _parsed.GetResult(option)?.Tokens is [var token, ..] ? [new ConfigurationFlag(member, option.Name, token.Value)] : [];

    /// <summary>The values that an option is given, as they stand on the command line; null for one that takes none.</summary>
    public IReadOnlyList<string?> Given(Option option)
    {
        if (_parsed.GetResult(option) is not { Implicit: false } result)
            return [];
        return result.Tokens.Count == 0 ? [null] : [.. result.Tokens.Select(token => token.Value)];
    }

    /// <summary>The same run in another world.</summary>
    public Invocation In(ToolContext context) => new(_parsed, context, _globals);

    public T? Get<T>(Argument<T> argument) => _parsed.GetValue(argument);

    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => Output.Line(JsonSerializer.Serialize(value, type));
}
