namespace Keyless.Emulator;

/// <summary>A real token, which is worth something.</summary>
public sealed class PassthroughToken
{
    /// <summary>Holds a token.</summary>
    /// <param name="text">The token; of any form.</param>
    /// <param name="notBefore">From when it is good, or when it was got.</param>
    /// <param name="expiresOn">When it ends.</param>
    public PassthroughToken(string text, DateTimeOffset notBefore, DateTimeOffset expiresOn)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        (Text, NotBefore, ExpiresOn) = (text, notBefore, expiresOn);
    }

    /// <summary>The token.</summary>
    public string Text { get; }

    /// <summary>From when it is good, or when it was got.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>Says when it ends; never the token.</summary>
    public override string ToString() => $"a real token until {ExpiresOn.UtcDateTime:u}";
}
