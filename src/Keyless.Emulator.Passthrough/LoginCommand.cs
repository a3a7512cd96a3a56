using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Keyless.Emulator.Passthrough;

/// <summary>One of the two commands that hold a developer's login: what it is asked, and what it answers.</summary>
/// <param name="name">Its name.</param>
/// <param name="login">What a developer runs to log in.</param>
/// <param name="getUrl">Where it can be had.</param>
internal abstract partial class LoginCommand(string name, string login, string getUrl)
{
    public string Name => name;

    /// <summary>What a developer runs to log in.</summary>
    public string Login => login;

    public string WhereToGet => getUrl;

    public static LoginCommand Of(PassthroughCommand command) => command == PassthroughCommand.Az ? new Az() : new Azd();

    public abstract IEnumerable<string> ArgumentsFor(string resource, string? tenant);

    /// <summary>Reads the token from what the command printed.</summary>
    /// <exception cref="PassthroughException">It is not what the command prints.</exception>
    public PassthroughToken Read(string output, DateTimeOffset now, TimeZoneInfo zone)
    {
        try
        {
            using var json = JsonDocument.Parse(output);
            var (token, expiresOn) = ReadMembers(json.RootElement, zone);
            if (!string.IsNullOrEmpty(token) && expiresOn is { } expiry)
                return new PassthroughToken(token, now, expiry);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            // Said below; the output itself may hold a token.
        }

        throw new PassthroughException($"Pass-through: {Name} printed something that holds no token. Update it, and try it by hand: {Login}.");
    }

    /// <summary>Says why there is no token, by what the command wrote to standard error.</summary>
    public PassthroughException Explain(CommandRun run)
    {
        var lines = run.Error.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        var told = lines.FirstOrDefault(line => line.StartsWith("ERROR:", StringComparison.OrdinalIgnoreCase)) ?? lines.FirstOrDefault();
        var reason = told is null ? $"{Name} ended with exit code {run.ExitCode}." : $"{Name} says: {Clean(told)}";
        return new PassthroughException($"Pass-through: {reason} Log in on this machine, then try again: {Login}");
    }

    protected abstract (string? Token, DateTimeOffset? ExpiresOn) ReadMembers(JsonElement json, TimeZoneInfo zone);

    private static string Clean(string line)
    {
        const int Most = 300;
        var text = line.StartsWith("ERROR:", StringComparison.OrdinalIgnoreCase) ? line["ERROR:".Length..].Trim() : line;
        text = Secret().Replace(new string([.. text.Where(c => !char.IsControl(c))]), "(not shown)");
        return text.Length <= Most ? text : text[..Most] + "…";
    }

    // Tokens of all kinds: signed ones, and the long opaque ones that renew them.
    [GeneratedRegex("eyJ[A-Za-z0-9_.-]{8,}|[A-Za-z0-9_.~+/-]{100,}", RegexOptions.None, 1000)]
    private static partial Regex Secret();

    private sealed class Az() : LoginCommand("az", "az login", "https://aka.ms/installazurecli")
    {
        public override IEnumerable<string> ArgumentsFor(string resource, string? tenant) =>
        [
            "account", "get-access-token", "--resource", resource, "--output", "json",
            .. tenant is null ? Array.Empty<string>() : ["--tenant", tenant],
        ];

        protected override (string? Token, DateTimeOffset? ExpiresOn) ReadMembers(JsonElement json, TimeZoneInfo zone) => (
            json.GetProperty("accessToken").GetString(),
            json.TryGetProperty("expires_on", out var seconds) && seconds.TryGetInt64(out var epoch)
                ? DateTimeOffset.FromUnixTimeSeconds(epoch)
                : ReadLocal(json.GetProperty("expiresOn").GetString(), zone));

        // Versions before 2.54 write the local time and nothing more. Of two instants with one name the earlier is the safe one.
        private static DateTimeOffset? ReadLocal(string? text, TimeZoneInfo zone)
        {
            if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
                return null;

            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset);
        }
    }

    private sealed class Azd() : LoginCommand("azd", "azd auth login", "https://aka.ms/azd-install")
    {
        public override IEnumerable<string> ArgumentsFor(string resource, string? tenant) =>
        [
            "auth", "token", "--scope", $"{resource.TrimEnd('/')}/.default", "--output", "json", "--no-prompt",
            .. tenant is null ? Array.Empty<string>() : ["--tenant-id", tenant],
        ];

        protected override (string? Token, DateTimeOffset? ExpiresOn) ReadMembers(JsonElement json, TimeZoneInfo zone) =>
            (json.GetProperty("token").GetString(), json.GetProperty("expiresOn").GetDateTimeOffset());
    }
}
