namespace Keyless.Interop.Tests.Support;

/// <summary>No program of Node.js that a test starts can leave this machine.</summary>
public sealed class NodeTests
{
    // The unspecified address leads to this machine, should it get through, but the guard does not let it.
    [Theory]
    [InlineData("fetch('http://0.0.0.0:65534/')")]
    [InlineData("import('node:http').then(http => http.get('http://0.0.0.0:65534/'))")]
    [InlineData("import('node:https').then(https => https.get({ host: '0.0.0.0', port: 65534 }))")]
    [InlineData("import('node:net').then(net => net.connect(65534, '0.0.0.0'))")]
    public async Task the_guard_ends_a_process_that_connects_elsewhere(string script)
    {
        var (exitCode, _, error) = await Child.RunAsync(
            Node.Require(), [.. Node.Guard, "--eval", script], new Dictionary<string, string>(), "", TestContext.Current.CancellationToken);

        Assert.Equal(86, exitCode);
        Assert.Contains("would have left this machine", error, StringComparison.Ordinal);
    }
}
