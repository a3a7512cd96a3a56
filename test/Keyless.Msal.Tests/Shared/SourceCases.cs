namespace SameCode;

/// <summary>Every source with every way to name an identity: a first call, and a second one that the cache answers.</summary>
internal static class SourceCases
{
    private static readonly string[] Sources = ["AppService", "AzureArc", "CloudShell", "Imds", "MachineLearning", "ServiceFabric"];

    private static readonly (string Name, ManagedIdentityId Id)[] Identities =
    [
        ("system", ManagedIdentityId.SystemAssigned),
        ("client id", ManagedIdentityId.WithUserAssignedClientId(Scene.ClientId)),
        ("object id", ManagedIdentityId.WithUserAssignedObjectId(Scene.ObjectId)),
        ("resource id", ManagedIdentityId.WithUserAssignedResourceId(Scene.ResourceId)),
    ];

    public static IEnumerable<(string, Func<Scene, Report, Task>)> All()
    {
        foreach (var source in Sources)
        {
            foreach (var (name, id) in Identities)
            {
                yield return Case.Of($"{source}, {name}", async (scene, report) =>
                {
                    // An endpoint that is not to be asked has nothing to say.
                    var echo = $",\"client_id\":\"{Scene.ClientId}\",\"object_id\":\"{Scene.ObjectId}\",\"msi_res_id\":\"{Scene.ResourceId}\"";
                    scene.On(source).Otherwise(Keyless.Testing.Reply.Json(200, Scene.Body("t", more: id == ManagedIdentityId.SystemAssigned ? "" : echo)));
                    var app = Scene.App(id);
                    await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).WithCorrelationId(Scene.Correlation).ExecuteAsync());
                    await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).WithCorrelationId(Scene.Correlation).ExecuteAsync());
                });
            }
        }

        foreach (var source in Sources)
        {
            yield return Case.Of($"{source} is detected", (scene, report) =>
            {
                scene.On(source);
#pragma warning disable CS0618 // What it reports is the point.
                report.Add("source", ManagedIdentityApplication.GetManagedIdentitySource());
#pragma warning restore CS0618
                return Task.CompletedTask;
            });
        }

        foreach (var source in Sources.Where(source => source != "Imds"))
        {
            yield return Case.Of($"{source} is discovered", async (scene, report) =>
            {
                scene.On(source);
                ApplicationBase.ResetStateForTest();
                var found = await ((ManagedIdentityApplication)Scene.App()).GetManagedIdentityCapabilitiesAsync(CancellationToken.None);
                report.Add("source", found.Source);
                report.Add("strength", found.MaxSupportedBindingStrength);
                report.Add("pop", found.IsMtlsPopSupportedByHost);
                report.Add("reason", string.IsNullOrEmpty(found.ErrorReason) ? "none" : "some");
                ApplicationBase.ResetStateForTest();
            });
        }
    }
}
