using Microsoft.AspNetCore.Http;

namespace Keyless.Emulator.Journaling;

/// <summary>Tells client libraries by what they say of themselves.</summary>
internal static class ClientLibrary
{
    private static readonly (string Mark, string Name)[] Marks =
    [
        ("Keyless", "Keyless"),
        ("MSAL.NetCore", "MSAL.NET"),
        ("MSAL.CoreCLR", "MSAL.NET"),
        ("MSAL.Desktop", "MSAL.NET"),
        ("MSAL.Python", "MSAL Python"),
        ("MSAL.Go", "MSAL Go"),
        ("MSAL.Java", "MSAL Java"),
        ("MSAL.JS", "MSAL Node"),
        ("azsdk-net", "Azure SDK for .NET"),
        ("azsdk-python", "Azure SDK for Python"),
        ("azsdk-js", "Azure SDK for JavaScript"),
        ("azsdk-go", "Azure SDK for Go"),
        ("azsdk-java", "Azure SDK for Java"),
        ("azsdk-rust", "Azure SDK for Rust"),
        ("azsdk-cpp", "Azure SDK for C++"),
        ("curl/", "curl"),
    ];

    /// <summary>The library that sent these headers; failing that, its own words. Null: it says nothing.</summary>
    public static string? Guess(IHeaderDictionary headers)
    {
        var words = $"{headers["x-client-SKU"]} {headers.UserAgent}".Trim();
        foreach (var (mark, name) in Marks)
        {
            if (words.Contains(mark, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        return words.Length == 0 ? null : words;
    }
}
