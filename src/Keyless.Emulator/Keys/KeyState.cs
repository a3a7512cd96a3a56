namespace Keyless.Emulator.Keys;

/// <summary>The stages of a signing key's life, in their order.</summary>
public enum KeyState
{
    /// <summary>Published, so that validators know it in time, but nothing is signed with it yet.</summary>
    Next,

    /// <summary>New tokens are signed with it.</summary>
    Active,

    /// <summary>Still published, so that tokens signed with it remain valid.</summary>
    Retiring,

    /// <summary>No longer published: tokens signed with it are refused.</summary>
    Gone,
}
