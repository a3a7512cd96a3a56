using System.Diagnostics.CodeAnalysis;

namespace Keyless.Acquisition;

/// <summary>Refuses options that make no sense, naming the option.</summary>
internal static class OptionsCheck
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public static void Throw(ManagedIdentityOptions options)
    {
        Require(options.Identity is not null, nameof(options.Identity), "must not be null");
        Require(options.Environment is not null, nameof(options.Environment), "must not be null");
        Require(options.TimeProvider is not null, nameof(options.TimeProvider), "must not be null");
        Require(options.ClientCapabilities is not null, nameof(options.ClientCapabilities), "must not be null");
        Require(options.PlainHttpHosts is not null, nameof(options.PlainHttpHosts), "must not be null");
        Require(options.Timeout is null || IsTimeout(options.Timeout.Value), nameof(options.Timeout), "must be positive and at most an hour");
        Require(IsTimeout(options.AttemptTimeout), nameof(options.AttemptTimeout), "must be positive and at most an hour");
        Require(options.ExpirySkew >= TimeSpan.Zero && options.ExpirySkew <= LongestTimeout, nameof(options.ExpirySkew), "must not be negative, and at most an hour");
        Require(options.FailureMemory >= TimeSpan.Zero && options.FailureMemory <= LongestTimeout, nameof(options.FailureMemory), "must not be negative, and at most an hour");
        Require(options.Source is null || Enum.IsDefined(options.Source.Value), nameof(options.Source), "is no known source");
        Require(
            options.ClientCapabilities!.All(static c => !string.IsNullOrWhiteSpace(c) && !c.Contains(',', StringComparison.Ordinal)),
            nameof(options.ClientCapabilities),
            "must hold names without commas, such as cp1");
        Require(options.PlainHttpHosts!.All(static h => Uri.CheckHostName(h) != UriHostNameType.Unknown), nameof(options.PlainHttpHosts), "must hold host names without scheme and port");
    }

    private static bool IsTimeout(TimeSpan timeout) => timeout > TimeSpan.Zero && timeout <= LongestTimeout;

    [SuppressMessage("Usage", "CA2208:Instantiate argument exceptions correctly", Justification = "The parameter is the caller's.")]
    [SuppressMessage("Usage", "MA0015:Specify the parameter name in ArgumentException", Justification = "The parameter is the caller's.")]
    private static void Require(bool holds, string option, string what)
    {
        if (!holds)
            throw new ArgumentException($"{nameof(ManagedIdentityOptions)}.{option} {what}.", "options");
    }
}
