namespace Keyless.Emulator.Api;

/// <summary>What whoever checks a token expects of it, beside what every good token has.</summary>
internal sealed record TokenExpectation
{
    /// <summary>The only tenant whose tokens are taken. Null: any of the emulator's.</summary>
    public EmulatedTenant? Tenant { get; init; }

    /// <summary>The resource that it must be for. Null: any.</summary>
    public string? Audience { get; init; }
}
