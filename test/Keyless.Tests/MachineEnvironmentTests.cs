namespace Keyless.Tests;

public sealed class MachineEnvironmentTests
{
    [Fact]
    public void A_machine_made_of_variables_has_these_and_no_others()
    {
        var machine = MachineEnvironment.FromVariables([new("IDENTITY_ENDPOINT", "http://127.0.0.1:1/"), new("EMPTY", "")]);

        Assert.Equal("http://127.0.0.1:1/", machine.GetVariable("IDENTITY_ENDPOINT"));
        Assert.Equal("", machine.GetVariable("EMPTY"));
        Assert.Null(machine.GetVariable("identity_endpoint"));
        Assert.Null(machine.GetVariable("PATH"));
        Assert.Null(machine.ArcAgentFile);
        Assert.False(machine.FileExists("/"));
        Assert.Equal(MachineEnvironment.Process.ArcKeyDirectory, machine.ArcKeyDirectory);
    }

    [Fact]
    public void It_keeps_what_it_was_made_of()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1" };
        var machine = MachineEnvironment.FromVariables(variables);

        variables["A"] = "2";

        Assert.Equal("1", machine.GetVariable("A"));
        Assert.Throws<ArgumentNullException>(() => MachineEnvironment.FromVariables(null!));
    }

    [Fact]
    public void The_real_machine_reads_the_process_and_the_file_system()
    {
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), MachineEnvironment.Process.GetVariable("PATH"));
        Assert.Null(MachineEnvironment.Process.GetVariable("KEYLESS_NO_SUCH_VARIABLE"));
        Assert.True(MachineEnvironment.Process.FileExists(typeof(MachineEnvironmentTests).Assembly.Location));
        Assert.False(MachineEnvironment.Process.FileExists(Path.GetTempPath()));
    }

    [Fact]
    public void The_agents_places_are_those_of_the_operating_system()
    {
        var (file, keys) = (MachineEnvironment.Process.ArcAgentFile, MachineEnvironment.Process.ArcKeyDirectory);

        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(("/opt/azcmagent/bin/himds", "/var/opt/azcmagent/tokens"), (file, keys));
        }
        else if (OperatingSystem.IsWindows())
        {
            Assert.EndsWith(@"\AzureConnectedMachineAgent\himds.exe", file, StringComparison.Ordinal);
            Assert.EndsWith(@"\AzureConnectedMachineAgent\Tokens", keys, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((null, null), (file, keys));
        }
    }
}
