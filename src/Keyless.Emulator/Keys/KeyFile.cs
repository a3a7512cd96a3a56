using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Keyless.Emulator.Keys;

/// <summary>Keys as text: PEM, with a few lines before each that say in which stage of its life it is.</summary>
internal static class KeyFile
{
    private const string State = "State";
    private const string CreatedOn = "Created-On";
    private const string ActiveSince = "Active-Since";
    private const string GoneOn = "Gone-On";
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";

    public static string Format(IEnumerable<RingKey> keys)
    {
        var text = new StringBuilder();
        foreach (var key in keys)
        {
            Append(text, "Key-Id", key.Key.Id);
            Append(text, State, key.State.ToString());
            Append(text, CreatedOn, key.CreatedOn);
            Append(text, ActiveSince, key.ActiveSince);
            Append(text, GoneOn, key.GoneOn);
            text.Append(key.Key.ExportPrivatePem(passphrase: null)).Append("\n\n");
        }

        return text.ToString();
    }

    /// <exception cref="EmulatorException">The text is something else; the message names the file and never repeats any of it.</exception>
    public static ImmutableArray<RingKey> Parse(string text, string path)
    {
        var keys = ImmutableArray.CreateBuilder<RingKey>();
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var pem = new StringBuilder();
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (pem.Length > 0 || line.StartsWith(Begin, StringComparison.Ordinal))
                pem.Append(line).Append('\n');
            else if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                facts[line[..colon].Trim()] = line[(colon + 1)..].Trim();

            if (pem.Length == 0 || !line.StartsWith(End, StringComparison.Ordinal))
                continue;

            keys.Add(KeyOf(facts, pem.ToString(), path));
            facts.Clear();
            pem.Clear();
        }

        if (keys.Count == 0 || pem.Length > 0)
            throw Bad(path, "does not hold a whole key");
        if (keys.Count(key => key.State == KeyState.Active) > 1)
            throw Bad(path, "has more than one active key");
        return keys.ToImmutable();
    }

    private static RingKey KeyOf(Dictionary<string, string> facts, string pem, string path)
    {
        // A key that somebody put there without a word is meant to be used.
        var state = KeyState.Active;
        if (facts.TryGetValue(State, out var name) && !Enum.TryParse(name, ignoreCase: true, out state))
            throw Bad(path, $"has a key with an unknown {State}");
        return new RingKey(
            SigningKey.FromPem(pem, passphrase: null, path), state, TimeOf(facts, CreatedOn, path) ?? DateTimeOffset.UnixEpoch)
        {
            ActiveSince = TimeOf(facts, ActiveSince, path),
            GoneOn = TimeOf(facts, GoneOn, path),
        };
    }

    private static DateTimeOffset? TimeOf(Dictionary<string, string> facts, string name, string path)
    {
        if (!facts.TryGetValue(name, out var text))
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : throw Bad(path, $"has a key whose {name} is no time");
    }

    private static void Append(StringBuilder text, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            Append(text, name, known.ToString("O", CultureInfo.InvariantCulture));
    }

    private static void Append(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append('\n');

    private static EmulatorException Bad(string path, string what) =>
        new($"{path} {what}. Put the file right, or delete it, and a new key will be made.");
}
