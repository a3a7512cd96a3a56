using System.Text.Json;
using Keyless.Testing;
using SameCode;

// One line of JSON for each case of the groups that are named.
ConnectionGuard.Install();
await using var scene = new Scene();
foreach (var group in args)
{
    foreach (var (name, body) in CaseList.Of(group))
    {
        var report = new Report();
        scene.Begin();
        try
        {
            await body(scene, report);
        }
        catch (Exception e)
        {
            report.Add("case", $"broke off: {e.GetType().Name}: {e.Message}");
        }

        report.Add("requests", scene.RequestsSent());
        report.Add("metadata header", scene.MetadataHeaders());
        Console.WriteLine(JsonSerializer.Serialize(new { name = $"{group}: {name}", facts = report.Facts }));
    }
}
