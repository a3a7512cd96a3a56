using Keyless.Sources;

namespace Keyless.Tests.Sources;

/// <summary>
/// Symbolic links: one in place of the file would send any file of the machine; those above the directory are the administrator's.
/// </summary>
public sealed class AzureArcKeyLinkTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public AzureArcKeyLinkTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links on Windows needs a privilege.");
        Directory.CreateDirectory(_directory["tokens"]);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("secret.txt")]
    [InlineData("tokens/other.key")]
    public void A_link_in_place_of_the_file_is_refused_wherever_it_leads(string target)
    {
        var link = _directory["tokens/9f2d.key"];
        File.CreateSymbolicLink(link, _directory.Write(target, "text"u8));

        AssertRefused(link, _directory["tokens"]);
    }

    [Fact]
    public void A_link_to_a_link_is_refused()
    {
        File.CreateSymbolicLink(_directory["middle"], _directory.Write("secret.txt", "text"u8));
        File.CreateSymbolicLink(_directory["tokens/9f2d.key"], _directory["middle"]);

        AssertRefused(_directory["tokens/9f2d.key"], _directory["tokens"]);
    }

    [Fact]
    public void A_link_that_leads_nowhere_can_not_be_read()
    {
        File.CreateSymbolicLink(_directory["tokens/9f2d.key"], _directory["nowhere"]);

        Assert.Equal(
            FailureKind.ArcKeyUnreadable,
            Samples.FailureOf(() => AzureArcKeyFile.Read(_directory["tokens/9f2d.key"], _directory["tokens"])).Kind);
    }

    [Fact]
    public void A_link_that_leads_in_a_circle_can_not_be_read()
    {
        File.CreateSymbolicLink(_directory["tokens/9f2d.key"], _directory["tokens/9f2d.key"]);

        Assert.Equal(
            FailureKind.ArcKeyUnreadable,
            Samples.FailureOf(() => AzureArcKeyFile.Read(_directory["tokens/9f2d.key"], _directory["tokens"])).Kind);
    }

    [Fact]
    public void The_directory_may_be_a_link()
    {
        _directory.Write("tokens/9f2d.key", "text"u8);
        Directory.CreateSymbolicLink(_directory["link"], _directory["tokens"]);

        Assert.Equal("text", AzureArcKeyFile.Read(_directory["link/9f2d.key"], _directory["link"]).Reveal());
    }

    [Fact]
    public void An_ancestor_may_be_a_link()
    {
        _directory.Write("data/agent/tokens/9f2d.key", "text"u8);
        Directory.CreateSymbolicLink(_directory["opt"], _directory["data"]);

        Assert.Equal("text", AzureArcKeyFile.Read(_directory["opt/agent/tokens/9f2d.key"], _directory["opt/agent/tokens"]).Reveal());
    }

    [Fact]
    public void An_ancestor_may_be_a_link_that_leads_through_another()
    {
        _directory.Write("disk/data/agent/tokens/9f2d.key", "text"u8);
        Directory.CreateSymbolicLink(_directory["mnt"], _directory["disk"]);
        Directory.CreateSymbolicLink(_directory["opt"], _directory["mnt/data"]);

        Assert.Equal("text", AzureArcKeyFile.Read(_directory["opt/agent/tokens/9f2d.key"], _directory["opt/agent/tokens"]).Reveal());
    }

    [Fact]
    public void A_relative_link_among_the_ancestors_is_followed_from_where_it_lies()
    {
        _directory.Write("disk/data/tokens/9f2d.key", "text"u8);
        Directory.CreateSymbolicLink(_directory["opt"], "disk/data");

        Assert.Equal("text", AzureArcKeyFile.Read(_directory["opt/tokens/9f2d.key"], _directory["opt/tokens"]).Reveal());
    }

    // What a file swapped for a link between the look at its name and its opening comes to: a handle that is open elsewhere.
    [Fact]
    public void A_handle_that_was_opened_through_a_link_is_not_on_the_file_of_that_name()
    {
        var target = _directory.Write("secret.txt", "text"u8);
        var link = _directory["tokens/9f2d.key"];
        File.CreateSymbolicLink(link, target);
        using var handle = File.OpenHandle(link);

        Assert.False(OpenedFile.Is(handle, link, _directory["tokens"]));

        // Putting an honest file in the link's place afterwards does not help.
        File.Delete(link);
        _directory.Write("tokens/9f2d.key", "honest"u8);
        Assert.False(OpenedFile.Is(handle, link, _directory["tokens"]));
    }

    [Fact]
    public void A_handle_is_on_the_file_that_it_was_opened_on()
    {
        var path = _directory.Write("tokens/9f2d.key", "text"u8);
        using var handle = File.OpenHandle(path);

        Assert.True(OpenedFile.Is(handle, path, _directory["tokens"]));
        Assert.False(OpenedFile.Is(handle, _directory["tokens/other.key"], _directory["tokens"]));
        Assert.False(OpenedFile.Is(handle, path, _directory.Path));
    }

    private static void AssertRefused(string path, string directory)
    {
        var failure = Samples.FailureOf(() => AzureArcKeyFile.Read(path, directory));

        Assert.Equal(FailureKind.ArcChallengeRefused, failure.Kind);
        Assert.Contains("symbolic link", failure.Message, StringComparison.Ordinal);
    }
}
