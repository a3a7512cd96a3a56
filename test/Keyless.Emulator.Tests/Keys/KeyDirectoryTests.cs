#pragma warning disable CA1416 // Tests of file modes are skipped on Windows.
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Keys;

public sealed class KeyDirectoryTests : IDisposable
{
    private const UnixFileMode UserFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _parent = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Directory => Path.Combine(_parent.Path, "keys");

    private string KeyFilePath => Path.Combine(Directory, "keyless-emulator-keys.pem");

    [Fact]
    public async Task keys_outlive_the_emulator_with_their_states()
    {
        string token;
        IReadOnlyList<EmulatedKey> before;
        await using (var emulator = await StartAsync())
        {
            token = await emulator.IssueTokenAsync("orders", HostCalls.Vault, ct: Ct);
            await emulator.Keys.RotateAsync(ct: Ct);
            await emulator.Keys.PublishNextAsync(Ct);
            before = await emulator.Keys.ListAsync(Ct);
        }

        await using var again = await StartAsync();

        Assert.Equal(before, await again.Keys.ListAsync(Ct));
        Assert.Equal([KeyState.Next, KeyState.Active, KeyState.Retiring], before.Select(key => key.State));
        Assert.True(await new DecodedToken(token).IsSignedByAsync(again.Authority));
    }

    [Fact]
    public async Task without_a_directory_each_emulator_has_a_key_of_its_own_and_leaves_no_file()
    {
        await using var one = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] }, Ct);
        await using var other = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] }, Ct);

        Assert.NotEqual((await one.Keys.ListAsync(Ct))[0].Id, (await other.Keys.ListAsync(Ct))[0].Id);
    }

    [Fact]
    public async Task emulators_that_start_at_once_come_to_the_same_key()
    {
        var emulators = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync()));
        try
        {
            var ids = await Task.WhenAll(emulators.Select(async emulator => (await emulator.Keys.ListAsync(Ct)).Single().Id));
            Assert.Single(ids.Distinct(StringComparer.Ordinal));
        }
        finally
        {
            foreach (var emulator in emulators)
                await emulator.DisposeAsync();
        }
    }

    [Fact]
    public async Task a_key_that_another_emulator_has_revoked_is_gone_after_the_next_change_here()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var id = (await one.Keys.ListAsync(Ct))[0].Id;

        await one.Keys.RevokeAsync(id, Ct);
        await other.Keys.RotateAsync(ct: Ct);

        Assert.Equal(KeyState.Gone, (await other.Keys.ListAsync(Ct)).Single(key => key.Id == id).State);
    }

    [Fact]
    public async Task only_this_user_has_access_to_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes; the user's profile keeps others out.");
        await using var emulator = await StartAsync();

        Assert.All(System.IO.Directory.GetFiles(Directory), file => Assert.Equal(UserFile, File.GetUnixFileMode(file)));
        Assert.Equal(UserFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Directory));
    }

    [Fact]
    public async Task a_file_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes; the user's profile keeps others out.");
        await (await StartAsync()).DisposeAsync();
        File.SetUnixFileMode(KeyFilePath, UserFile | UnixFileMode.GroupRead);

        var exception = await Assert.ThrowsAsync<EmulatorException>(StartAsync);

        Assert.StartsWith("EmulatorOptions.KeyDirectory", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"chmod 600 '{KeyFilePath}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_directory_that_others_can_write_to_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes; the user's profile keeps others out.");
        await (await StartAsync()).DisposeAsync();
        File.SetUnixFileMode(Directory, UserFile | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        var exception = await Assert.ThrowsAsync<EmulatorException>(StartAsync);

        Assert.Contains($"chmod 700 '{Directory}'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing of the kind", "does not hold a whole key")]
    [InlineData("State: Active\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be read as a private key")]
    [InlineData("State: Sleeping\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "unknown State")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n", "does not hold a whole key")]
    public async Task a_file_that_is_something_else_is_named_and_not_repeated(string text, string reason)
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(KeyFilePath, text, Ct);

        var exception = await Assert.ThrowsAsync<EmulatorException>(StartAsync);

        Assert.Contains(KeyFilePath, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_directory_that_cannot_be_used_is_a_reason_not_to_start()
    {
        var file = Path.Combine(_parent.Path, "keys");
        await File.WriteAllTextAsync(file, "a file", Ct);

        var exception = await Assert.ThrowsAsync<EmulatorException>(StartAsync);

        Assert.StartsWith("EmulatorOptions.KeyDirectory", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _parent.Dispose();

    private Task<ManagedIdentityEmulator> StartAsync() => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], KeyDirectory = Directory }, Ct);
}
