using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Faults;

/// <content>Tokens that are not the ones that were asked for.</content>
public abstract partial record Fault
{
    /// <summary>A token that differs from what it would be. Such a token is never kept for the next request.</summary>
    /// <param name="change">How it differs.</param>
    public static Fault Token(TokenChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new TokenFault(change);
    }

    /// <summary>A token that lives for another time than usual.</summary>
    /// <param name="lifetime">How long, from the moment it is issued; nothing or less for one that is over.</param>
    public static Fault TokenLifetime(TimeSpan lifetime) => Token(new TokenChange { Lifetime = lifetime });

    /// <summary>A token of another identity.</summary>
    /// <param name="name">The identity's name.</param>
    public static Fault WrongIdentity(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Token(new TokenChange { Identity = name });
    }

    /// <summary>A token for another audience.</summary>
    /// <param name="audience">Its <c>aud</c>.</param>
    public static Fault WrongAudience(string audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        return Token(new TokenChange { Audience = audience });
    }

    /// <summary>A token of a tenant that does not exist.</summary>
    public static Fault WrongTenant() => Token(new TokenChange { Flaw = TokenFlaw.WrongTenant });

    /// <summary>
    /// The token that the platform has, for as long as it lives: also where <see cref="EmulatorOptions.ReuseTokens"/> is false, where it
    /// would be renewed, where a resource has refused it, and where its key is gone.
    /// </summary>
    /// <remarks>The first request, which finds none, gets a new one. <see cref="EmulatedHost.PurgeTokens"/> takes it away.</remarks>
    public static Fault StaleToken() => new StaleTokenFault();

    /// <summary>A host whose clock is wrong: its <c>Date</c> header and the times of its tokens.</summary>
    /// <param name="by">How far it is ahead; negative if it is behind. At most ten years either way.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is more.</exception>
    public static Fault ClockSkew(TimeSpan by)
    {
        return by.Duration() <= ClockSkewFault.Most
            ? new ClockSkewFault(by)
            : throw new ArgumentOutOfRangeException(nameof(by), by, "Give at most ten years.");
    }
}
