using System.Globalization;
using System.Text;
using Keyless.Sources;

namespace Keyless.Tests.Sources;

/// <summary>A described request as the text that golden strings are compared with.</summary>
internal static class RequestText
{
    public static EndpointRequest Describe(MachineEnvironment machine, TokenQuery query)
    {
        var connection = Samples.Connect(machine);
        return connection.Source.Describe(connection, query);
    }

    public static EndpointRequest Describe(SourceKind source, ManagedIdentity identity) =>
        Describe(Samples.Machine(source), Query(identity));

    public static TokenQuery Query(ManagedIdentity identity, string resource = Samples.Resource) =>
        new(identity, resource) { CorrelationId = Samples.CorrelationId };

    /// <summary>Method and address, one line for each header, then the body.</summary>
    public static string Of(EndpointRequest request)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Uri.AbsoluteUri}");
        foreach (var (name, value) in request.Headers)
            text.Append(CultureInfo.InvariantCulture, $"\n{name}: {value}");
        if (request.Form is not null)
            text.Append(CultureInfo.InvariantCulture, $"\n\n{request.Form}");
        return text.ToString();
    }
}
