using Keyless.Cli.Background;

namespace Keyless.Cli.Tests.Background;

public sealed class OwnProgramTests
{
    private static readonly string Directory = AppContext.BaseDirectory;

    [Fact]
    public void run_by_the_shared_host_it_is_the_host_and_the_assembly()
    {
        var (host, assembly) = (Path.Combine(Directory, "dotnet"), Path.Combine(Directory, "Keyless.Cli.dll"));

        Assert.Equal([host, assembly], OwnProgram.Find(host, assembly));
    }

    [Theory]
    [InlineData("Keyless.Cli", "Keyless.Cli.dll")]    // a program beside its assembly
    [InlineData("keyless", "keyless")]                // native
    public void a_program_of_its_own_needs_no_more(string program, string first) =>
        Assert.Equal([Path.Combine(Directory, program)], OwnProgram.Find(Path.Combine(Directory, program), first));

    [Fact]
    public void where_the_system_does_not_tell_it_says_so()
    {
        var error = Assert.Throws<ToolException>(() => OwnProgram.Find(null, "keyless"));

        Assert.Equal(ExitCodes.Unexpected, error.ExitCode);
    }
}
