using System.CommandLine;
using System.CommandLine.Completions;
using Keyless.Cli.Explaining;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>What an error means, and what to do about it. Offline.</summary>
internal sealed class ExplainCommand : ToolCommand
{
    private const int LongestShown = 80;

    private readonly Argument<string?> _term = new("term")
    {
        Description = "A kind of failure, an error code of MSAL.NET, an exit code of this tool or an AADSTS number. "
            + "Without it all kinds of failure are listed.",
        HelpName = "TERM",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ExplainCommand(ToolContext context, GlobalOptions globals)
        : base("explain", "Say what an error means, and what to do about it. Sends nothing.", context, globals)
    {
        _term.CompletionSources.Add(_ => Glossary.All.Select(known => new CompletionItem(known.Term)));
        Add(_term);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless explain", "all kinds of failure, one line each"),
        new("keyless explain EndpointUnreachable", "a kind of failure: what it means, what to do"),
        new("keyless explain managed_identity_request_failed", "what an error code of MSAL.NET may stand for"),
        new("keyless explain AADSTS700016 --json | jq -r .cure", "what to do about an error of Entra ID"),
        new("keyless explain 4", "an exit code of this tool"),
    ];

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        if (call.Get(_term) is not { } term)
        {
            if (call.Json)
                call.WriteJson(new FailureKindsJson([.. FailureGuide.All.Select(FailureKindJson.Of)]), ToolJson.Indented.FailureKindsJson);
            else
                ExplanationView.WriteKinds(call.Output);
            return Task.FromResult(ExitCodes.Ok);
        }

        var explanation = Glossary.Find(term) ?? throw Unknown(term);
        if (call.Json)
            call.WriteJson(ExplanationJson.Of(explanation), ToolJson.Indented.ExplanationJson);
        else
            ExplanationView.Write(call.Output, explanation);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static ToolException Unknown(string term)
    {
        var shown = UsageErrors.WithoutTokens(Printable.Of(term));
        if (shown.Length > LongestShown)
            shown = $"{shown[..LongestShown]}…";

        return ToolException.Usage($"'{shown}' can't be explained: it is not known here. {Advice(term)}");
    }

    // Another number is another error, however near it is: of numbers all that are known are named.
    private static string Advice(string term)
    {
        switch (Glossary.NumberOf(term))
        {
            case TermType.ExitCode:
                return $"The exit codes of this tool are {TermsOf(ExitCodeGuide.All)}; 'keyless exec' ends with its command's own.";
            case TermType.EntraError:
                return $"Entra ID has many more errors than those that managed identities meet: {TermsOf(EntraErrorGuide.All)}.";
        }

        var nearest = Glossary.Nearest(term);
        return nearest.Count > 0
            ? $"Did you mean {string.Join(" or ", nearest)}?"
            : "It takes a kind of failure, an error code of MSAL.NET, an exit code of this tool, or an AADSTS number that managed "
                + "identities meet; 'keyless explain' lists the kinds.";
    }

    private static string TermsOf(IEnumerable<Explanation> known) => string.Join(", ", known.Select(each => each.Term));
}
