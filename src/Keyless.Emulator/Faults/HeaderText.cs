namespace Keyless.Emulator.Faults;

/// <summary>What may stand in a header.</summary>
internal static class HeaderText
{
    public const string Wanted = "text that can stand in a header: ASCII without control characters";

    public static bool IsValid(string text) => text.All(c => !char.IsControl(c) && c <= '~');
}
