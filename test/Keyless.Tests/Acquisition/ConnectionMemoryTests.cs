using Keyless.Acquisition;

namespace Keyless.Tests.Acquisition;

/// <summary>The machine is asked each time; its answers are taken apart when they have changed.</summary>
public sealed class ConnectionMemoryTests
{
    private readonly FakeMachine _machine = Samples.Machine(SourceKind.AppService);

    [Fact]
    public void While_the_machine_answers_the_same_the_connection_is_the_same()
    {
        var memory = Memory(_machine);

        Assert.Same(memory.Connect(), memory.Connect());
    }

    [Theory]
    [InlineData("IDENTITY_ENDPOINT", "http://127.0.0.1:9999/msi/token", SourceKind.AppService)]
    [InlineData("IDENTITY_HEADER", "another-secret", SourceKind.AppService)]
    [InlineData("IDENTITY_HEADER", "", SourceKind.Imds)]
    [InlineData("IMDS_ENDPOINT", "http://127.0.0.1:40342", SourceKind.AppService)]
    public void What_changes_is_seen_at_once(string name, string value, SourceKind expected)
    {
        var memory = Memory(_machine);
        memory.Connect();

        _machine[name] = value;
        var now = memory.Connect();

        var anew = Memory(_machine).Connect();
        Assert.Equal(expected, now.Connection.Kind);
        Assert.Equal((anew.Connection.Endpoint, anew.Connection.Secret?.Reveal(), anew.Scope), (now.Connection.Endpoint, now.Connection.Secret?.Reveal(), now.Scope));
    }

    [Fact]
    public void An_agent_that_is_installed_later_is_found()
    {
        var machine = new InstallableMachine();
        var memory = Memory(machine);
        Assert.Equal(SourceKind.Imds, memory.Connect().Connection.Kind);

        machine.IsInstalled = true;

        Assert.Equal(SourceKind.AzureArc, memory.Connect().Connection.Kind);
    }

    [Fact]
    public void A_mistake_is_told_each_time_and_forgotten_once_it_is_mended()
    {
        _machine["IDENTITY_ENDPOINT"] = "nonsense";
        var memory = Memory(_machine);
        Assert.Throws<ManagedIdentityException>(memory.Connect);
        Assert.Throws<ManagedIdentityException>(memory.Connect);

        _machine["IDENTITY_ENDPOINT"] = "http://127.0.0.1:9999/msi/token";

        Assert.Equal(9999, memory.Connect().Connection.Endpoint.Port);
    }

    private static ConnectionMemory Memory(MachineEnvironment machine) => new(new ManagedIdentityOptions { Environment = machine });

    private sealed class InstallableMachine : MachineEnvironment
    {
        public bool IsInstalled { get; set; }

        public override string? ArcAgentFile => "/opt/azcmagent/bin/himds";

        public override string? GetVariable(string name) => null;

        public override bool FileExists(string path) => IsInstalled;
    }
}
