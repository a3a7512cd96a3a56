namespace Keyless.Docs.Tests.Snippets;

public sealed class SourcesSnippets
{
    [Fact]
    public void detection_explains_itself()
    {
        // begin-snippet: detect
        var detection = SourceDetection.Detect(MachineEnvironment.Process);    // or client.DetectSource()

        Console.WriteLine($"{detection.Source}, because {detection.Chosen.Reason}");
        foreach (var step in detection.Steps)
            Console.WriteLine($"{step.Source}: {step.Rule}? {step.Reason}");
        // end-snippet

        Assert.Equal(SourceKind.AppService, detection.Source);
    }

    [Fact]
    public void a_source_can_be_pinned()
    {
        // begin-snippet: pin
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Source = SourceKind.AppService });
        // end-snippet

        Assert.Equal(SourceKind.AppService, client.GetToken("https://vault.azure.net", TestContext.Current.CancellationToken).Source);
    }
}
