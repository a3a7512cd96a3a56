using System.Reflection;

namespace Keyless.Tests.PublicApi;

/// <summary>The public surface is a reviewed file: a change to it is a line in a diff.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "KEYLESS_UPDATE_API";

    // Where the sources lie, as the project file says.
    private static readonly string Directory = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ProjectDirectory").Value!;

    [Theory]
    [InlineData(typeof(ManagedIdentityClient))]
    [InlineData(typeof(Emulator.ManagedIdentityEmulator))]
    [InlineData(typeof(Emulator.Passthrough.PassthroughOptions))]
    [InlineData(typeof(Msal.ManagedIdentityApplicationBuilder))]
    public void The_public_surface_is_the_reviewed_one(Type some)
    {
        var path = Path.Combine(Directory, "PublicApi", $"{some.Assembly.GetName().Name}.txt");
        var actual = ApiPrinter.Print(some.Assembly).ToList();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(path, string.Join('\n', actual) + "\n");

        var reviewed = File.ReadAllLines(path);

        var changes = reviewed.Except(actual, StringComparer.Ordinal).Select(line => $"- {line}")
            .Concat(actual.Except(reviewed, StringComparer.Ordinal).Select(line => $"+ {line}"))
            .ToList();
        Assert.True(
            changes.Count == 0,
            $"The public surface differs from {path}. If that is meant, run this test with {UpdateVariable}=1 "
            + $"and review the change of the file.\n{string.Join('\n', changes)}");
        Assert.Equal(actual.Count, reviewed.Length);
    }
}
