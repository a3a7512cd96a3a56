using Keyless.Sources;

namespace Keyless.Acquisition;

/// <summary>
/// Asks the machine anew before each request, so that endpoints and secrets that the platform rotates are picked up, but takes its
/// answers apart only when they have changed.
/// </summary>
internal sealed class ConnectionMemory(ManagedIdentityOptions options)
{
    private readonly string _ownScope = string.Join(',', options.ClientCapabilities) + options.CacheScope;
    private Remembered? _last;

    /// <exception cref="ManagedIdentityException">A variable is missing or unusable.</exception>
    public Place Connect()
    {
        if (Volatile.Read(ref _last) is { } last && last.Questions.AreAnsweredAsBefore())
            return last.Place;

        var questions = new Questions(options.Environment);
        var connection = SourceDetector.Find(questions, options.Source).Connect(questions, options.PlainHttpHosts);
        var place = new Place(connection, $"{connection.Kind} {connection.Endpoint} {connection.DefaultClientId} {_ownScope}");
        Volatile.Write(ref _last, new Remembered(questions, place));
        return place;
    }

    /// <summary>Where to ask, and what the tokens from there depend on beside identity and resource.</summary>
    internal sealed class Place(SourceConnection connection, string scope)
    {
        public SourceConnection Connection { get; } = connection;

        public string Scope { get; } = scope;
    }

    private sealed class Remembered(Questions questions, Place place)
    {
        public Questions Questions { get; } = questions;

        public Place Place { get; } = place;
    }

    /// <summary>The machine, and what it was asked and answered.</summary>
    private sealed class Questions(MachineEnvironment environment) : MachineEnvironment
    {
        private readonly Dictionary<string, string?> _variables = new(StringComparer.Ordinal);
        private readonly Dictionary<string, bool> _files = new(StringComparer.Ordinal);

        public override string? ArcKeyDirectory => environment.ArcKeyDirectory;

        public override string? ArcAgentFile => environment.ArcAgentFile;

        public override string? GetVariable(string name)
        {
            if (!_variables.TryGetValue(name, out var value))
                _variables.Add(name, value = environment.GetVariable(name));
            return value;
        }

        public override bool FileExists(string path)
        {
            if (!_files.TryGetValue(path, out var exists))
                _files.Add(path, exists = environment.FileExists(path));
            return exists;
        }

        public bool AreAnsweredAsBefore()
        {
            foreach (var (name, value) in _variables)
            {
                if (!string.Equals(environment.GetVariable(name), value, StringComparison.Ordinal))
                    return false;
            }

            foreach (var (path, exists) in _files)
            {
                if (environment.FileExists(path) != exists)
                    return false;
            }

            return true;
        }
    }
}
