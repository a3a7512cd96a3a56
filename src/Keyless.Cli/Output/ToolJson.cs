using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Keyless.Cli.Administration;
using Keyless.Cli.Background;
using Keyless.Cli.Certificates;
using Keyless.Cli.Configuration;
using Keyless.Cli.Decoding;
using Keyless.Cli.Demo;
using Keyless.Cli.Detection;
using Keyless.Cli.Diagnosis;
using Keyless.Cli.Emulation;
using Keyless.Cli.Explaining;
using Keyless.Cli.Failures;
using Keyless.Cli.Tokens;

namespace Keyless.Cli.Output;

/// <summary>How the tool's JSON is written. Every shape is listed, so that nothing is found by reflection.</summary>
[JsonSerializable(typeof(TokenJson))]
[JsonSerializable(typeof(FailureJson))]
[JsonSerializable(typeof(DetectionJson))]
[JsonSerializable(typeof(DecodedJson))]
[JsonSerializable(typeof(ExplanationJson))]
[JsonSerializable(typeof(FailureKindsJson))]
[JsonSerializable(typeof(DemoJson))]
[JsonSerializable(typeof(EmulatorJson))]
[JsonSerializable(typeof(LaunchSettingsJson))]
[JsonSerializable(typeof(ConfigurationJson))]
[JsonSerializable(typeof(ValidationJson))]
[JsonSerializable(typeof(WrittenFileJson))]
[JsonSerializable(typeof(HostVariablesJson))]
[JsonSerializable(typeof(DoctorJson))]
[JsonSerializable(typeof(CertificatesJson))]
[JsonSerializable(typeof(TrustJson))]
[JsonSerializable(typeof(UpJson))]
[JsonSerializable(typeof(DownJson))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(LogLineJson))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ToolJson : JsonSerializerContext
{
    /// <summary>Over several lines, for people and programs.</summary>
    public static ToolJson Indented { get; } = Make(indented: true);

    /// <summary>On one line, for programs that read from a running command.</summary>
    public static ToolJson OneLine { get; } = Make(indented: false);

    // The output is no web page: quotes and plus signs need no escaping. Control characters are escaped all the same.
    private static ToolJson Make(bool indented) => new(new JsonSerializerOptions
    {
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new IsoTime() },
    });
}
