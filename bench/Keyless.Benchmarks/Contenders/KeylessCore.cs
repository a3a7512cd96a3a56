namespace Keyless.Benchmarks.Contenders;

/// <summary>The client, by resource.</summary>
internal sealed class KeylessCore(HttpMessageHandler? handler) : Contender
{
    public const string Name = "keyless";

    private readonly ManagedIdentityClient _client = Create(handler);

    public static ManagedIdentityClient Create(HttpMessageHandler? handler) =>
        new(new ManagedIdentityOptions { Handler = handler, Cache = new TokenCache(capacity: 200_000) });

    public override async ValueTask<string> AcquireAsync(string resource) => (await _client.GetTokenAsync(resource)).Token;

    public override long Hit(string resource, int times)
    {
        var characters = 0L;
        for (var i = 0; i < times; i++)
            characters += Completed.Of(_client.GetTokenAsync(resource)).Token.Length;
        return characters;
    }
}
