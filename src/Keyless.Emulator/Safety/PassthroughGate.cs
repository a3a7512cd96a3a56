using System.Net;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Safety;

/// <summary>What stands between real tokens and whoever asks: only what is listed gets through, only here, and it is said.</summary>
/// <param name="passthrough">Whose tokens they are.</param>
/// <param name="machine">The machine that the emulator runs on.</param>
/// <param name="clock">The clock of the world outside.</param>
internal sealed class PassthroughGate(IPassthrough passthrough, MachineEnvironment machine, TimeProvider clock) : IAsyncDisposable
{
    private readonly string[] _resources = [.. passthrough.Resources];
    private readonly IPassthroughTokens _tokens = passthrough.Open(machine, clock);

    /// <summary>A warning for whoever starts the emulator.</summary>
    public string Notice =>
        $"Pass-through is on: requests for {string.Join(", ", _resources)} are answered with real tokens of whoever is logged in to "
        + $"{_tokens.Login} on this machine. Any program here can get them.";

    /// <exception cref="EmulatorException">Real tokens would get out of this machine or into a journal, or for whatever resource.</exception>
    public static void Require(EmulatorOptions options)
    {
        const string Option = nameof(EmulatorOptions.Passthrough);
        if (options.Passthrough is not { } passthrough)
            return;

        EmulatorOptions.Require(
            options.Address is not null && IPAddress.IsLoopback(options.Address) && !options.AllowRemote,
            Option,
            $"is set, and {nameof(options.Address)} is {options.Address}{(options.AllowRemote ? $", {nameof(options.AllowRemote)} is true" : "")}. "
            + "Real tokens are for this machine alone: listen on a loopback address, and let no other machine in.");
        EmulatorOptions.Require(
            !options.JournalSecrets,
            nameof(options.JournalSecrets),
            $"is true, and {Option} is set. Real tokens are written down nowhere: leave one of the two out.");
        EmulatorOptions.Require(
            passthrough.Resources is { Count: > 0 },
            $"{Option}.{nameof(passthrough.Resources)}",
            "is empty. Name the resources that real tokens may be handed out for, such as https://vault.azure.net.");
        foreach (var resource in passthrough.Resources)
        {
            EmulatorOptions.Require(
                !string.IsNullOrWhiteSpace(resource) && !resource.Contains('*', StringComparison.Ordinal),
                $"{Option}.{nameof(passthrough.Resources)}",
                $"holds '{resource}'. Give addresses such as https://vault.azure.net, api://NAME, or GUIDs; each by itself, without '*'.");
        }

        passthrough.Validate();
    }

    /// <summary>Whether real tokens are handed out for a resource.</summary>
    public bool Covers(string resource) => Find(resource) is not null;

    /// <exception cref="PassthroughException">There is none; the text says what to do.</exception>
    public async ValueTask<IssuedToken> TakeAsync(string resource, CancellationToken cancellationToken)
    {
        // The list's own spelling goes on, never the request's.
        var listed = Find(resource) ?? throw new ArgumentException("The resource is not on the list.", nameof(resource));
        var token = await _tokens.GetTokenAsync(listed, cancellationToken).ConfigureAwait(false);
        return new IssuedToken(token.Text, id: "", keyId: "", token.NotBefore, token.ExpiresOn) { PassedThroughFrom = _tokens.Login };
    }

    public ValueTask DisposeAsync() => _tokens.DisposeAsync();

    private string? Find(string resource) => Array.Find(
        _resources, listed => string.Equals(listed.TrimEnd('/'), resource.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
}
