using Keyless.Cli.Execution;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Execution;

/// <summary>A command's name means the file that a shell would run.</summary>
public sealed class ProgramFileTests : IDisposable
{
    private readonly TemporaryDirectory _first = new();
    private readonly TemporaryDirectory _second = new();

    public ProgramFileTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Which files are programs is told by permissions here.");

    [Fact]
    public void the_first_directory_of_PATH_that_has_it_wins()
    {
        var expected = Write(_first, "tool", executable: true);
        Write(_second, "tool", executable: true);

        Assert.Equal(expected, Find("tool"));
    }

    [Fact]
    public void a_file_that_is_not_executable_is_passed_over()
    {
        Write(_first, "tool", executable: false);
        var expected = Write(_second, "tool", executable: true);

        Assert.Equal(expected, Find("tool"));
    }

    [Fact]
    public void a_directory_of_that_name_is_passed_over()
    {
        Directory.CreateDirectory(Path.Combine(_first.Path, "tool"));
        var expected = Write(_second, "tool", executable: true);

        Assert.Equal(expected, Find("tool"));
    }

    [Fact]
    public void a_file_that_is_nowhere_executable_is_named()
    {
        var file = Write(_second, "tool", executable: false);

        var error = Assert.Throws<ToolException>(() => Find("tool"));

        Assert.Equal(ExitCodes.CommandNotRun, error.ExitCode);
        Assert.StartsWith($"'{file}' can't be run: it is not executable.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_path_is_taken_as_it_is()
    {
        var file = Write(_second, "other", executable: true);

        Assert.Equal(file, Find(file));
        Assert.Equal(file, Find(Path.GetRelativePath(Environment.CurrentDirectory, file)));
    }

    [Fact]
    public void the_current_directory_is_not_searched_unless_PATH_names_it()
    {
        // This test's program stands in a directory that PATH does not name.
        var here = Path.GetFileName(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").First());

        var error = Assert.Throws<ToolException>(() => Find(here));

        Assert.Equal(ExitCodes.CommandNotFound, error.ExitCode);
    }

    [Fact]
    public void without_PATH_there_are_the_usual_directories()
    {
        var found = ProgramFile.Find("sh", new Dictionary<string, string?>(StringComparer.Ordinal));

        Assert.EndsWith("/bin/sh", found, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private string Find(string name) => ProgramFile.Find(
        name, new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = $"/no/such/directory:{_first.Path}:{_second.Path}" });

    private static string Write(TemporaryDirectory directory, string name, bool executable)
    {
        var file = directory.Write(name, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | (executable ? UnixFileMode.UserExecute : UnixFileMode.None));
        return file;
    }
}
