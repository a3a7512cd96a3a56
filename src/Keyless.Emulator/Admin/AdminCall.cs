using System.Globalization;
using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Admin;

/// <summary>One request to the admin API.</summary>
/// <param name="Emulator">What it is about.</param>
/// <param name="Request">The request.</param>
/// <param name="Path">The values of the path's segments in braces.</param>
internal sealed record AdminCall(ManagedIdentityEmulator Emulator, EndpointRequest Request, IReadOnlyDictionary<string, string> Path)
{
    /// <summary>A parameter of the query. Null: it is not there.</summary>
    public string? Query(string name) => Request.Query[name];

    /// <summary>The host that a name means.</summary>
    /// <exception cref="AdminException">There is none.</exception>
    public EmulatedHost Host(string name) =>
        Emulator.Hosts.FirstOrDefault(host => string.Equals(host.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw AdminException.NotFound(
            $"There is no host '{name}'. Hosts: {string.Join(", ", Emulator.Hosts.Select(host => host.Name))}.");

    /// <summary>The host that the query names. Null: it names none.</summary>
    public EmulatedHost? HostInQuery() => Query("host") is { } name ? Host(name) : null;

    /// <summary>The members of the body, which may be empty.</summary>
    /// <exception cref="AdminException">It is no JSON.</exception>
    public FaultReader Body()
    {
        try
        {
            using var json = SoundJson.Parse(string.IsNullOrWhiteSpace(Request.Body) ? "{}" : Request.Body);
            return new FaultReader(json.RootElement.Clone(), "body");
        }
        catch (JsonException e)
        {
            throw AdminException.Invalid($"The body is no JSON: {e.Message}");
        }
    }

    /// <summary>A member of an enumeration in the query. Null: it is not there.</summary>
    /// <exception cref="AdminException">It is none.</exception>
    public T? Choice<T>(string name)
        where T : struct, Enum =>
        Query(name) is not { } text ? null : KebabCase.Parse<T>(text) ?? throw AdminException.Invalid(
            $"The parameter {name} is '{text}'. Give one of {KebabCase.List<T>()}.");

    /// <summary>A whole number in the query. Null: it is not there.</summary>
    /// <exception cref="AdminException">It is none.</exception>
    public long? Number(string name, long most = long.MaxValue) => Query(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : throw AdminException.Invalid($"The parameter {name} is '{text}'. Give a whole number from 0 to {most}.");
}
