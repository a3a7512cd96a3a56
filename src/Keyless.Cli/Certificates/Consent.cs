using Keyless.Cli.Commands;

namespace Keyless.Cli.Certificates;

/// <summary>Asks before something is done that lasts.</summary>
internal static class Consent
{
    /// <returns>Whether it may be done.</returns>
    /// <exception cref="ToolException">There is nobody to ask.</exception>
    public static async Task<bool> AskAsync(string question, bool isGiven, Invocation call, CancellationToken cancellationToken)
    {
        if (isGiven)
            return true;
        if (!call.Context.InputIsTerminal)
            throw ToolException.Usage("There is no terminal to ask on. --yes says that it is meant.");

        await call.Context.Error.WriteAsync($"{question} [y/N] ");
        await call.Context.Error.FlushAsync(cancellationToken);
        using var input = new StreamReader(call.Context.OpenInput());
        var answer = await input.ReadLineAsync(cancellationToken);
        return answer?.Trim() is { } text
            && (text.Equals("y", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }
}
