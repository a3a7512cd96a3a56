using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Keyless.Testing;

namespace SameCode;

/// <summary>Scripted endpoints, one plain and one with TLS, and the variables of this process that point to them.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Secret = "open-sesame";
    public const string ClientId = "11111111-1111-1111-1111-111111111111";
    public const string ObjectId = "22222222-2222-2222-2222-222222222222";
    public const string ResourceId = "/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/n";
    public static readonly Guid Correlation = new("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");

    private static readonly string[] Names =
    [
        "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET", "DEFAULT_IDENTITY_CLIENT_ID",
    ];

    private static readonly string[] ShownHeaders = ["X-IDENTITY-HEADER", "secret", "Authorization"];
    private static readonly string[] CountedHeaders = ["x-client-SKU", "x-client-Ver", "x-ms-client-request-id"];

    private readonly X509Certificate2 _certificate = TestCertificate.CreateSelfSigned();
    private readonly ScriptedServer _plain = ScriptedServer.Start();
    private readonly ScriptedServer _tls;
    private readonly Queue<Reply> _script = [];
    private Reply? _otherwise;
    private int _plainSeen;
    private int _tlsSeen;
    private bool _unexpected;
    private int _resources;

    public Scene()
    {
        _tls = ScriptedServer.StartTls(_certificate);
        _plain.Fallback = _tls.Fallback = Reply.When(_ => Next());

        // MSAL.NET reads it once in the life of a process.
        Environment.SetEnvironmentVariable("AZURE_POD_IDENTITY_AUTHORITY_HOST", _plain.Address.ToString());
    }

    public ScriptedServer Server => IsTls ? _tls : _plain;

    public string Resource { get; private set; } = "";

    private bool IsTls { get; set; }

    private IEnumerable<RecordedRequest> Sent => _plain.Requests.Skip(_plainSeen).Concat(_tls.Requests.Skip(_tlsSeen));

    public static string Known(string? correlationId) => correlationId switch
    {
        null => "none",
        "00000000-0000-0000-0000-000000000000" => "zero",
        _ when correlationId == Correlation.ToString("D") => "the given",
        _ => Guid.TryParse(correlationId, out _) ? "some" : "no GUID",
    };

    public static string Body(string token, long secondsToLive = 86_400, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"access_token":"{{token}}","expires_on":"{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() + secondsToLive}}","resource":"r","token_type":"Bearer"{{more}}}""");

    public static Reply Token(string token, long secondsToLive = 86_400) => Reply.When(_ => Reply.Json(200, Body(token, secondsToLive)));

    public void Begin()
    {
        foreach (var name in Names)
            Environment.SetEnvironmentVariable(name, null);
        IsTls = false;
        Resource = $"https://resource{++_resources}.test";
        (_plainSeen, _tlsSeen) = (_plain.Requests.Count, _tls.Requests.Count);
        (_otherwise, _unexpected) = (null, false);
        _script.Clear();
    }

    /// <summary>Makes this process one of a source's.</summary>
    public Scene On(string source)
    {
        IsTls = source == "ServiceFabric";
        var endpoint = new Uri(Server.Address, $"{source}/token").ToString();
        switch (source)
        {
            case "AppService":
                Set(("IDENTITY_ENDPOINT", endpoint), ("IDENTITY_HEADER", Secret));
                break;
            case "AzureArc":
                Set(("IDENTITY_ENDPOINT", endpoint), ("IMDS_ENDPOINT", endpoint));
                break;
            case "CloudShell":
                Set(("MSI_ENDPOINT", endpoint));
                break;
            case "MachineLearning":
                Set(("MSI_ENDPOINT", endpoint), ("MSI_SECRET", Secret), ("DEFAULT_IDENTITY_CLIENT_ID", ClientId));
                break;
            case "ServiceFabric":
                Set(("IDENTITY_ENDPOINT", endpoint), ("IDENTITY_HEADER", Secret), ("IDENTITY_SERVER_THUMBPRINT", _certificate.Thumbprint));
                break;
            case "Imds":
                break;
            default:
                throw new ArgumentException($"There is no source '{source}'.", nameof(source));
        }

        return this;
    }

    public static void Set(params (string Name, string? Value)[] variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }

    public Scene Answering(params Reply[] replies)
    {
        lock (_script)
        {
            foreach (var reply in replies)
                _script.Enqueue(reply);
        }

        return this;
    }

    /// <summary>What answers when the script is empty.</summary>
    public void Otherwise(Reply reply) => _otherwise = reply;

    public static IManagedIdentityApplication App(ManagedIdentityId? id = null, Action<ManagedIdentityApplicationBuilder>? configure = null)
    {
        var builder = ManagedIdentityApplicationBuilder.Create(id ?? ManagedIdentityId.SystemAssigned);
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>An application whose failures are not tried again.</summary>
    public static IManagedIdentityApplication OneAttempt(ManagedIdentityId? id = null, HttpClientFactory? factory = null) =>
        App(id, builder => builder.WithHttpClientFactory(factory ?? new HttpClientFactory(), retryOnceOn5xx: false));

    public string RequestsSent()
    {
        var text = $"{Sent.Count()}: {string.Join(" | ", Sent.Select(Show))}";
        return text.Replace(Resource, "{resource}", StringComparison.Ordinal) + (_unexpected ? " UNEXPECTED" : "");
    }

    /// <summary>Whether the requests had the header that all sources but two require; a fact of its own, since one library sends it everywhere.</summary>
    public string MetadataHeaders() => string.Join(' ', Sent.Select(request => request.Header("Metadata") ?? "none").Distinct(StringComparer.Ordinal));

    /// <summary>Waits until a request of this case has come.</summary>
    public async Task ArrivalAsync()
    {
        while (!Sent.Any())
            await Server.NextRequestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _plain.DisposeAsync();
        await _tls.DisposeAsync();
        _certificate.Dispose();
    }

    private Reply Next()
    {
        lock (_script)
        {
            if (_script.TryDequeue(out var reply) || (reply = _otherwise) is not null)
                return reply;
            _unexpected = true;
            return Reply.Text(599, "Nothing in the script is left for this request.");
        }
    }

    // Decoded and sorted: escaping and order are each library's own.
    private static string Show(RecordedRequest request)
    {
        string[] query = request.Target.Split('?', 2) is [_, var text] ? text.Split('&').Select(Uri.UnescapeDataString).Order(StringComparer.Ordinal).ToArray() : [];
        var headers = ShownHeaders.Where(name => request.Header(name) is not null).Select(name => $"{name}:{request.Header(name)}")
            .Concat(CountedHeaders.Where(name => request.Header(name) is not null));
        return $"{request.Method} {request.Path} {string.Join('&', query)} [{string.Join(", ", headers)}] {Uri.UnescapeDataString(request.Body)}".TrimEnd();
    }
}

/// <summary>The application's own HTTP clients.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "As in applications, it lives as long as the process.")]
internal sealed class HttpClientFactory(TimeSpan? timeout = null) : IMsalHttpClientFactory
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = timeout ?? TimeSpan.FromSeconds(20) };
    private int _handedOut;

    public int HandedOut => _handedOut;

    public HttpClient GetHttpClient()
    {
        Interlocked.Increment(ref _handedOut);
        return _client;
    }
}
