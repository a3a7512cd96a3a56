using System.Globalization;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Failures;

/// <summary>Why there is no token, for people: what happened, the facts, what to do.</summary>
internal static class FailureView
{
    public static void Write(Page page, TokenFailure failure)
    {
        page.Paragraph($"No token: {ToolWording.Of(failure.Message)}", ink: Ink.Bad);
        page.Line();
        new FactList
        {
            { "kind", $"{failure.Kind} ({failure.ErrorCode})" },
            { "source", failure.Source is { } source ? SourceName.Of(source) : null },
            { "endpoint", failure.Endpoint },
            { "resource", failure.Resource },
            { "identity", failure.Identity?.ToString() },
            { "status", failure.StatusCode is { } status ? string.Create(CultureInfo.InvariantCulture, $"{(int)status} {status}") : null },
            { "host says", HostSays(failure) },
            { "attempts", Attempts(failure) },
            { "try again", TryAgain(failure) },
            { "host's id", failure.HostCorrelationId },
            { "correlation id", failure.CorrelationId == Guid.Empty ? null : failure.CorrelationId.ToString() },
        }.WriteTo(page);

        page.Line();
        page.Paragraph($"What to do: {ToolWording.Of(failure.NextStep)}", ink: Ink.Strong);
        if (failure.Kind is FailureKind.NoManagedIdentity or FailureKind.NotAnEndpoint)
            page.Paragraph($"To try it without Azure: keyless token {failure.Resource} --emulate imds");
    }

    private static string? HostSays(TokenFailure failure)
    {
        var said = string.Join(": ", new[] { failure.HostErrorCode, failure.HostMessage }.Where(part => !string.IsNullOrEmpty(part)));
        return said.Length == 0 ? null : Printable.Of(said);
    }

    private static string TryAgain(TokenFailure failure)
    {
        if (failure.RetryAfter is { } wait)
            return $"in {TimeText.Measured(wait)}";
        return failure.IsTransient ? "may help" : "won't help as things are";
    }

    private static string? Attempts(TokenFailure failure) => failure.Attempts switch
    {
        0 => "none: nothing was sent",
        1 => $"1, in {TimeText.Measured(failure.Elapsed)}",
        var many => string.Create(CultureInfo.InvariantCulture, $"{many}, in {TimeText.Measured(failure.Elapsed)}"),
    };
}
