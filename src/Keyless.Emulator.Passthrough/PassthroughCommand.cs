namespace Keyless.Emulator.Passthrough;

/// <summary>Whose login a developer's own tokens come from.</summary>
public enum PassthroughCommand
{
    /// <summary>The Azure CLI, <c>az</c>.</summary>
    Az,

    /// <summary>The Azure Developer CLI, <c>azd</c>.</summary>
    Azd,
}
