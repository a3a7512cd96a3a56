using Keyless.Emulator;

namespace SameCode;

/// <summary>Against the emulator, whose tokens are JWTs and whose Arc host challenges.</summary>
internal static class EmulatorCases
{
    // Started once, by the first case; it ends with the process.
    private static ManagedIdentityEmulator? _running;

    public static IEnumerable<(string, Func<Scene, Report, Task>)> All()
    {
        foreach (var source in Enum.GetValues<Keyless.SourceKind>().Where(source => source != Keyless.SourceKind.Imds))
        {
            foreach (var kind in new[] { "system", "client id", "object id", "resource id", "not assigned" })
            {
                yield return Case.Of($"{source}, {kind}", async (_, report) =>
                {
                    var emulator = _running ??= await ManagedIdentityEmulator.StartAsync();
                    var identity = emulator.Identities[^1];
                    var host = emulator[source];
                    if (host.Problem is not null)
                    {
                        // The key files of Arc need a directory that not every account may write to.
                        report.Add("problem", "the host can't hand out tokens here");
                        return;
                    }

                    foreach (var (name, value) in host.Variables)
                        Scene.Set((name, value));
                    var id = kind switch
                    {
                        "system" => ManagedIdentityId.SystemAssigned,
                        "client id" => ManagedIdentityId.WithUserAssignedClientId(identity.ClientId.ToString("D")),
                        "object id" => ManagedIdentityId.WithUserAssignedObjectId(identity.ObjectId.ToString("D")),
                        "resource id" => ManagedIdentityId.WithUserAssignedResourceId(identity.ResourceId!),
                        _ => ManagedIdentityId.WithUserAssignedClientId("99999999-9999-9999-9999-999999999999"),
                    };
                    ApplicationBase.ResetStateForTest();
                    var app = Scene.App(id);
                    await report.CallAsync(() => app.AcquireTokenForManagedIdentity("https://storage.azure.com/").ExecuteAsync());
                    if (kind != "not assigned")
                        await report.CallAsync(() => app.AcquireTokenForManagedIdentity("https://storage.azure.com/").ExecuteAsync());
                });
            }
        }
    }
}
