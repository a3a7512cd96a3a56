using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Tokens;

/// <summary>Why Entra would issue no token for a resource.</summary>
/// <param name="Code">The number of the AADSTS error.</param>
/// <param name="Text">What is wrong with the resource, or with who asks for it.</param>
internal sealed record ResourceRefusal(int Code, string Text)
{
    private const int MaxLength = 2048;

    /// <summary>The OAuth error that goes with the code.</summary>
    public string Error { get; private init; } = "invalid_resource";

    public string Description => $"AADSTS{Code}: {Text}";

    /// <summary>Judges a resource: any absolute URI or GUID will do, unless only the registered ones are known.</summary>
    /// <returns>Null: tokens for it can be issued.</returns>
    public static ResourceRefusal? For(string resource, DirectoryContent directory)
    {
        if (resource.EndsWith("/.default", StringComparison.Ordinal))
            return new(500011, $"The resource principal named {Cut(resource)} was not found. Ask for the resource, without '/.default'.");

        if (resource.Length > MaxLength || !(Guid.TryParse(resource, out _) || IsAbsoluteUri(resource)))
            return new(50001, $"The resource '{Cut(resource)}' is malformed. Give an absolute URI or a GUID.");

        return directory.StrictResources && directory.FindResource(resource) is null
            ? new(500011, $"The resource principal named {Cut(resource)} was not found. It is not among the registered resources.")
            : null;
    }

    /// <summary>Judges a resource, and whether this subject gets tokens for it.</summary>
    /// <returns>Null: it does.</returns>
    public static ResourceRefusal? For(string resource, TokenSubject subject, DirectoryContent directory)
    {
        if (For(resource, directory) is { } refusal)
            return refusal;
        if (directory.FindIdentity(subject.ObjectId) is { Enabled: false } disabled)
        {
            return new(7000112, $"Application '{disabled.Identity.ClientId}'({disabled.Identity.Name}) is disabled.")
            {
                Error = "unauthorized_client",
            };
        }

        // Users are assigned as a matter of course; this is about applications.
        return subject is not UserSubject
            && directory.FindResource(resource) is { Options.AssignmentRequired: true }
            && AppRoles.Of(subject, resource, directory).Length == 0
            ? new(501051, $"The application with object id '{subject.ObjectId}' is not assigned to a role for '{Cut(resource)}'.")
            {
                Error = "invalid_grant",
            }
            : null;
    }

    private static string Cut(string resource) => resource.Length <= 100 ? resource : resource[..100] + "…";

    // On Unix a path such as /subscriptions passes for a file URI; hence the look at the scheme.
    private static bool IsAbsoluteUri(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var uri)
        && !uri.IsFile
        && !resource.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && resource.Length > uri.Scheme.Length + 1;
}
