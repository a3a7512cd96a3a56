using Keyless.Emulator.Identities;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Identities;

public sealed class StableGuidTests(RunningEmulator running)
{
    [Fact]
    public void a_name_gives_a_version_5_guid()
    {
        var id = StableGuid.Of("name");

        Assert.Equal(5, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(id, StableGuid.Of("name"));
        Assert.NotEqual(id, StableGuid.Of("Name"));
    }

    // People write these down in tests of their own: a change of one of them is a break.
    [Fact]
    public void the_ids_are_the_same_on_every_machine()
    {
        Assert.Equal("ffb32068-c208-51c2-894e-ae28db22266d", running.Emulator.TenantId.ToString());
        Assert.Equal(
            [
                "orders 22b5f906-50cf-505e-8189-7f13b2c0befc 6692c79f-1074-54ac-87f8-ab5f8cb6572e",
                "billing 14242c38-f5ae-5346-b5e7-5f740393d22b cd8c4e39-8333-55d3-866b-845d192d938a",
            ],
            running.Emulator.Identities.TakeLast(2).Select(identity => $"{identity.Name} {identity.ClientId} {identity.ObjectId}"));
    }

    [Fact]
    public async Task another_emulator_has_the_same_identities()
    {
        await using var other = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { ArcKeyDirectory = running.ArcKeyDirectory },
            TestContext.Current.CancellationToken);

        Assert.Equal(running.Emulator.Identities, other.Identities);
        Assert.Equal(running.Emulator.TenantId, other.TenantId);
    }

    [Fact]
    public void each_host_has_an_identity_of_its_own_and_all_have_two_user_assigned_ones()
    {
        var identities = running.Emulator.Identities;

        Assert.Equal(["vm", "web", "server", "app", "compute", "orders", "billing"], identities.Select(identity => identity.Name));
        Assert.Equal([true, true, true, true, true, false, false], identities.Select(identity => identity.IsSystemAssigned));
        Assert.All(identities, identity => Assert.Equal(running.Emulator.TenantId, identity.TenantId));
        Assert.Equal(14, identities.SelectMany(identity => new[] { identity.ClientId, identity.ObjectId }).Distinct().Count());
    }
}
