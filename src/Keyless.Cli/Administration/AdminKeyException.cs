namespace Keyless.Cli.Administration;

/// <summary>An emulator asks for its admin key, which was not given, or is another one.</summary>
internal sealed class AdminKeyException(Uri address) : ToolException(
    $"The emulator at {address} asks for its admin key. Give it by {AdminOptions.KeyFileName} or "
    + $"{AdminOptions.KeyVariable}.", ExitCodes.Refused);
