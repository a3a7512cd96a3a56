namespace Keyless;

/// <summary>Makes a resource of what callers give: a resource or its <c>/.default</c> scope.</summary>
/// <remarks>A final <c>/.default</c> is removed, once, to the letter; slashes and case are kept. What can't be a resource is refused with a hint.</remarks>
internal static class ResourceName
{
    private const string DefaultScope = "/.default";

    /// <exception cref="ArgumentException">The text can't name one resource.</exception>
    public static string Normalise(string resource)
    {
        if (string.IsNullOrWhiteSpace(resource))
            throw new ArgumentException("The resource is blank. Name one, such as https://vault.azure.net.", nameof(resource));
        if (resource.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new ArgumentException(
                resource.Trim().Any(char.IsWhiteSpace) ? $"'{resource}' looks like several scopes. A managed identity token is for one resource: make one call for each."
                : resource.Any(static c => char.IsControl(c) && !char.IsWhiteSpace(c)) ? "The resource holds a control character. Remove it."
                : $"'{resource}' has blanks around it. Remove them.",
                nameof(resource));
        }

        var name = resource.EndsWith(DefaultScope, StringComparison.Ordinal) ? resource[..^DefaultScope.Length] : resource;
        if (name is "" or "." or ".default" or "./default" || name.EndsWith("/./default", StringComparison.Ordinal) || name.EndsWith("://", StringComparison.Ordinal))
            throw new ArgumentException($"'{resource}' names no resource. Did you mean https://<resource>/.default?", nameof(resource));
        if (IsBareHost(name))
        {
            throw new ArgumentException(
                $"'{resource}' is a host name, not a resource. Did you mean https://{name}{(resource.Length == name.Length ? "" : DefaultScope)}?", nameof(resource));
        }

        return name;
    }

    // A resource is a URI or a GUID. A dotted name without a scheme is a host whose scheme was forgotten.
    private static bool IsBareHost(string name)
    {
        var host = name.AsSpan(0, name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? slash : name.Length);
        return host.Contains('.') && !host.Contains(':') && !host.StartsWith(".") && !host.EndsWith(".");
    }
}
