namespace Keyless.Benchmarks.Loopback;

/// <summary>Makes this process one of App Service or of a virtual machine, whose endpoint is on loopback.</summary>
internal static class Platform
{
    // Where an answer from memory is all that is wanted; nothing listens there.
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    public static void SetAppService(Uri? root = null)
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", new Uri(root ?? Nowhere, "msi/token").ToString());
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "identity-header");

        // For what asks IMDS all the same.
        Environment.SetEnvironmentVariable("AZURE_POD_IDENTITY_AUTHORITY_HOST", (root ?? Nowhere).GetLeftPart(UriPartial.Authority));
    }

    public static void SetImds(Uri root)
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        Environment.SetEnvironmentVariable("AZURE_POD_IDENTITY_AUTHORITY_HOST", root.GetLeftPart(UriPartial.Authority));
    }
}
