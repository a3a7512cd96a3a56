namespace Keyless.Emulator.Tokens;

/// <summary>The life of the emulator's certificates: wide and fixed, because TLS goes by the machine's clock, not the emulator's.</summary>
internal static class CertificateValidity
{
    public static DateTimeOffset From { get; } = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset To { get; } = new(2049, 12, 31, 0, 0, 0, TimeSpan.Zero);
}
