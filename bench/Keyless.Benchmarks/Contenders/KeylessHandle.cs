namespace Keyless.Benchmarks.Contenders;

/// <summary>The handle of one resource.</summary>
internal sealed class KeylessHandle(HttpMessageHandler? handler) : Contender
{
    public const string Name = "keyless-handle";

    private readonly ManagedIdentityClient _client = KeylessCore.Create(handler);

    public override async ValueTask<string> AcquireAsync(string resource) => (await _client.ForResource(resource).GetTokenAsync()).Token;

    public override long Hit(string resource, int times)
    {
        var handle = _client.ForResource(resource);
        var characters = 0L;
        for (var i = 0; i < times; i++)
            characters += Completed.Of(handle.GetTokenAsync()).Token.Length;
        return characters;
    }
}
