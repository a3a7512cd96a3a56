using System.Collections;
using System.Reflection;
using Keyless.Benchmarks.Loopback;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Keyless.Benchmarks.Contenders;

/// <summary>MSAL.NET itself. Its cache is one for the process, divided by identity: each application here has an identity of its own.</summary>
internal sealed class MsalNet(HttpMessageHandler? handler) : Contender
{
    public const string Name = "msal.net";

    private const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // Its renewal is due, but for a jitter of five minutes that it draws at each call.
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(10);

    private readonly IManagedIdentityApplication _application = Create(handler);

    public static IManagedIdentityApplication Create(HttpMessageHandler? handler)
    {
        var builder = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(Guid.NewGuid().ToString()));
        return (handler is null ? builder : builder.WithHttpClientFactory(new ClientFactory(handler))).Build();
    }

    public override async ValueTask<string> AcquireAsync(string resource) =>
        (await _application.AcquireTokenForManagedIdentity(resource).ExecuteAsync()).AccessToken;

    public override long Hit(string resource, int times)
    {
        var characters = 0L;
        for (var i = 0; i < times; i++)
            characters += Completed.Of(_application.AcquireTokenForManagedIdentity(resource).ExecuteAsync()).AccessToken.Length;
        return characters;
    }

    /// <summary>It ignores <c>refresh_in</c> and takes no clock, so its cached tokens are set back from outside.</summary>
    public override void MakeStale(string resource)
    {
        var cache = Get(_application, "AppTokenCacheInternal");
        var accessor = Get(cache, "Accessor");
        var list = Method(accessor, "GetAllAccessTokens");
        var logger = Get(Get(_application, "ServiceBundle"), "ApplicationLogger");
        var tokens = ((IEnumerable)list.Invoke(accessor, [.. list.GetParameters().Select(p => p.ParameterType == typeof(string) ? null : logger)])!)
            .Cast<object>()
            .ToList();
        if (tokens.Count == 0)
            throw new InvalidOperationException("MSAL.NET's cache is empty.");
        foreach (var token in tokens)
            Property(token, "RefreshOn").SetValue(token, (DateTimeOffset?)(DateTimeOffset.UtcNow - Overdue));
    }

    private static object Get(object target, string property) =>
        Property(target, property).GetValue(target) ?? throw new MissingMemberException(target.GetType().Name, property);

    private static PropertyInfo Property(object target, string name) =>
        target.GetType().GetProperty(name, Anything) ?? throw new MissingMemberException(target.GetType().Name, name);

    private static MethodInfo Method(object target, string name) =>
        target.GetType().GetMethod(name, Anything) ?? throw new MissingMethodException(target.GetType().Name, name);
}
