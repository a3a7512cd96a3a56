using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Tokens;

/// <summary>Which app roles somebody has in an API.</summary>
internal static class AppRoles
{
    private static readonly Dictionary<string, IReadOnlyList<string>> None = [];

    /// <summary>The roles of whoever a token is about, in the resource that it is for.</summary>
    public static string[] Of(TokenSubject subject, string resource, DirectoryContent directory) =>
        Of(subject switch
        {
            ManagedIdentitySubject => directory.FindIdentity(subject.ObjectId)?.Roles ?? None,
            ApplicationSubject application => application.Application.Options.Roles,
            _ => None,
        }, resource, directory.FindResource(resource));

    // They may be listed by any name of the API, whichever of them it is asked for by.
    private static string[] Of(
        IReadOnlyDictionary<string, IReadOnlyList<string>> assigned, string resource, ResourceEntry? api) => assigned.Count == 0
        ? []
        : [.. assigned
            .Where(pair => string.Equals(pair.Key, resource, StringComparison.OrdinalIgnoreCase) || api?.IsNamed(pair.Key) == true)
            .SelectMany(pair => pair.Value)
            .Where(role => api?.Options.Roles?.Contains(role, StringComparer.Ordinal) ?? true)
            .Distinct(StringComparer.Ordinal)];
}
