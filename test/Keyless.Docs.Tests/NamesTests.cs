using System.Reflection;
using System.Text.RegularExpressions;
using Keyless.Docs.Tests.Pages;
using Keyless.Emulator;
using Keyless.Msal.Tests.Api;
using Keyless.Testing;

namespace Keyless.Docs.Tests;

/// <summary>What pages name as code of ours exists.</summary>
public sealed partial class NamesTests
{
    // Names that look like code and are those of headers, a package, an activity, and of types in the Azure SDKs and the platform.
    private static readonly string[] NotCode =
    [
        "Host", "Bearer", "Microsoft.Extensions.Logging.Abstractions", "Keyless.Acquire", "DefaultAzureCredential", "ManagedIdentityCredential",
        "HttpMessageInvoker",
    ];

    // What the page on migration says of other libraries, and of the platform's types that they throw.
    private const string MigrationPage = "docs/migrating-from-msal.md";

    private static readonly string[] OthersCode =
    [
        "Microsoft.Identity.Client", "Microsoft.Identity.Client.Extensibility", "Microsoft.Identity.Client.Cache", "Microsoft.IdentityModel.Abstractions",
        "AppTokenCache", "CancellationToken", "TaskCanceledException", "ParamName", "HttpClient", "HttpRequestException",
        "SystemAssignedManagedIdentity()", "UserAssignedClientID(id)", "UserAssignedObjectID(id)", "UserAssignedResourceID(id)", "WithRetryPolicyDisabled()", "GetSource()", "Metadata.TokenSource",
        .. KnownGaps.All.Select(static gap => gap.Member.TrimEnd('*').TrimEnd('(', '.')),
    ];

    private static readonly Type[] Types =
    [
        .. typeof(ManagedIdentityClient).Assembly.GetTypes(),
        .. typeof(ManagedIdentityEmulator).Assembly.GetTypes(),
        .. typeof(Emulator.Passthrough.PassthroughOptions).Assembly.GetTypes(),
        .. typeof(Msal.ManagedIdentityApplicationBuilder).Assembly.GetTypes(),
        .. typeof(FakeClock).Assembly.GetTypes(),
    ];

    [Fact]
    public void every_type_and_member_named_on_a_page_exists()
    {
        var unknown =
            from page in Repository.Pages
            from name in page.CodeNames
            where Identifier().IsMatch(name) && !NotCode.Contains(name, StringComparer.Ordinal)
                && !(page.Name == MigrationPage && OthersCode.Contains(name, StringComparer.Ordinal))
                && !Exists(Identifier().Match(name).Groups["name"].Value.Split('.'))
            select $"{page}: {name}";

        AssertNone(unknown);
    }

    [Fact]
    public void every_event_id_named_on_a_page_is_one_of_a_log_message()
    {
        var known = new Page("docs/errors.md").Table("Id").Select(static row => row[0]).ToHashSet(StringComparer.Ordinal);
        var unknown =
            from page in Repository.Pages
            from Match match in EventId().Matches(page.Text)
            where !known.Contains(match.Groups["id"].Value)
            select $"{page}: {match.Value}";

        AssertNone(unknown);
    }

    private static void AssertNone(IEnumerable<string> found) =>
        Assert.True(!found.Any(), $"These do not exist:\n{string.Join('\n', found.Distinct(StringComparer.Ordinal))}");

    // A project, a folder of one, a type or a member; the last two of several names are a type and its member.
    private static bool Exists(string[] parts) =>
        Directory.Exists(Repository.PathOf($"src/{string.Join('.', parts)}"))
        || Directory.Exists(Repository.PathOf($"test/{string.Join('.', parts)}"))
        || Types.Any(type => type.FullName == string.Join('.', parts))
        || parts switch
        {
            [var one] when Type.GetType($"System.{one}") is not null => true,
            [var type, var member] when PlatformType(type) is { } platform => HasMember(platform, member),
            [var one] => Types.Any(type => type.Name == one || HasMember(type, one) || type.Namespace?.EndsWith($".{one}", StringComparison.Ordinal) == true),
            [.., var type, var member] => Types.Any(t => t.Name == type && HasMember(t, member)),
            _ => false,
        };

    private static Type? PlatformType(string name) =>
        Type.GetType($"System.{name}") ?? Type.GetType($"System.Threading.{name}") ?? Type.GetType($"System.Threading.Tasks.{name}");

    private static bool HasMember(Type type, string name) =>
        type.GetMember(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Length > 0;

    [GeneratedRegex(@"^(?<name>[A-Z][a-z]\w*(\.[A-Z]\w*)*)(\(.*\))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\bevents? (?<id>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventId();
}
