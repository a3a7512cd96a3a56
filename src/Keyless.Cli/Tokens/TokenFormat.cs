namespace Keyless.Cli.Tokens;

/// <summary>The forms in which a token is printed.</summary>
internal enum TokenFormat
{
    /// <summary>The token and nothing else.</summary>
    Token,

    /// <summary>An object with the token and what is known about it.</summary>
    Json,

    /// <summary>Lines that set variables in a shell.</summary>
    Env,

    /// <summary>An HTTP header.</summary>
    Header,

    /// <summary>What is known about it, without the token.</summary>
    Table,
}
