using System.Runtime.Versioning;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class ArcKeyFilesTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void only_this_user_may_read_a_key_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions do not exist on Windows.");
        using var directory = new TemporaryDirectory();
        using var keys = new ArcKeyFiles(directory.Path, TimeProvider.System);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys.Issue()));
    }

    [Fact]
    public void the_directory_is_made_if_it_is_missing()
    {
        using var directory = new TemporaryDirectory();
        using var keys = new ArcKeyFiles(Path.Combine(directory.Path, "a", "b"), TimeProvider.System);

        Assert.Null(keys.FindProblem());
        Assert.True(File.Exists(keys.Issue()));
    }

    [Fact]
    public void looking_for_problems_leaves_no_file()
    {
        using var directory = new TemporaryDirectory();
        using var keys = new ArcKeyFiles(directory.Path, TimeProvider.System);

        Assert.Null(keys.FindProblem());

        Assert.Empty(directory.Files);
    }

    [Fact]
    public void disposing_deletes_its_own_files_and_no_others()
    {
        using var directory = new TemporaryDirectory();
        var foreign = Path.Combine(directory.Path, "foreign.key");
        File.WriteAllText(foreign, "another agent's");
        var keys = new ArcKeyFiles(directory.Path, TimeProvider.System);
        keys.Issue();
        keys.Issue();
        Assert.Equal(3, directory.Files.Length);

        keys.Dispose();

        Assert.Equal([foreign], directory.Files);
    }

    [Fact]
    public void a_directory_that_was_taken_away_does_no_harm_when_disposing()
    {
        using var directory = new TemporaryDirectory();
        var inner = Path.Combine(directory.Path, "tokens");
        var keys = new ArcKeyFiles(inner, TimeProvider.System);
        keys.Issue();
        Directory.Delete(inner, recursive: true);

        keys.Dispose();

        Assert.Empty(directory.Files);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void a_directory_without_write_permission_is_explained_with_the_commands_that_help()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The administrator's rights over files can be laid down on Linux only.");
        using var directory = new TemporaryDirectory();
        var inner = Directory.CreateDirectory(Path.Combine(directory.Path, "tokens"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var keys = new ArcKeyFiles(inner.FullName, TimeProvider.System);

        var remedy = $"sudo mkdir -p '{inner.FullName}' && sudo chown \"$USER\" '{inner.FullName}'";
        Assert.Contains(remedy, OrdinaryUser.Run(keys.FindProblem), StringComparison.Ordinal);
    }
}
