using Keyless.Cli.Commands;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Tokens;

/// <summary>Prints a token in one of its forms.</summary>
internal static class TokenView
{
    public static void Write(Invocation call, AccessToken token, ManagedIdentity identity, TokenFormat format, Shell shell)
    {
        switch (format)
        {
            case TokenFormat.Json:
                call.WriteJson(TokenJson.Of(token, identity, call.Now), ToolJson.Indented.TokenJson);
                break;
            case TokenFormat.Env:
                call.Output.Line(ShellSyntax.Set(shell, "ACCESS_TOKEN", token.Token));
                call.Output.Line(ShellSyntax.Set(shell, "ACCESS_TOKEN_EXPIRES_ON", TimeText.Iso(token.ExpiresOn)));
                break;
            case TokenFormat.Header:
                call.Output.Line($"Authorization: {token.Authorization}");
                break;
            case TokenFormat.Table:
                WriteFacts(call.Output, token, identity, call.Now);
                break;
            default:
                call.Output.Line(token.Token);
                break;
        }
    }

    private static void WriteFacts(Page page, AccessToken token, ManagedIdentity identity, DateTimeOffset now) => new FactList(indent: 0)
    {
        { "resource", token.Resource },
        { "identity", identity.ToString() },
        { "source", SourceName.Of(token.Source) },
        { "endpoint", token.Endpoint?.AbsoluteUri },
        { "type", token.TokenType },
        { "expires", $"{TimeText.Utc(token.ExpiresOn)} ({TimeText.Relative(token.ExpiresOn, now)})" },
        { "acquired in", TimeText.Measured(token.AcquiredIn) },
        { "correlation", token.CorrelationId.ToString() },
        { "token", "not shown; '--output token' prints it" },
    }.WriteTo(page);
}
