namespace Keyless.Emulator.Keys;

/// <summary>What may be known of a signing key.</summary>
/// <param name="Id">Its id, the <c>kid</c> of tokens.</param>
/// <param name="State">The stage of its life.</param>
/// <param name="Fingerprint">The SHA-256 of its public half, in lower-case hex.</param>
/// <param name="CreatedOn">When it was made, or imported.</param>
/// <param name="ActiveSince">When tokens began to be signed with it. Null: none ever were.</param>
/// <param name="GoneOn">When it is or was published for the last time. Null: that is not yet known.</param>
public sealed record EmulatedKey(
    string Id, KeyState State, string Fingerprint, DateTimeOffset CreatedOn, DateTimeOffset? ActiveSince, DateTimeOffset? GoneOn);
