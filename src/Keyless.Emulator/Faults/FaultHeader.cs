using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>The fault that a request asks for itself, by a header that no real service knows.</summary>
internal static class FaultHeader
{
    public const string Name = "X-Keyless-Fault";

    /// <summary>The fault that the header names: a kind that needs no parameters, or the JSON of a fault. Null: there is no such header.</summary>
    /// <exception cref="EmulatorException">It names none.</exception>
    public static Fault? Find(EndpointRequest request)
    {
        var text = request.Headers[Name].ToString().Trim();
        if (text.Length == 0)
            return null;

        try
        {
            if (!text.StartsWith('{'))
                text = $"{{\"kind\":\"{JsonEncodedText.Encode(text)}\"}}";
            using var json = SoundJson.Parse(text);
            return FaultJson.Read(json.RootElement, Name);
        }
        catch (JsonException exception)
        {
            throw new EmulatorException(
                $"{Name} is neither the name of a kind nor JSON such as {{\"kind\": \"status\", \"status\": 429}}.", exception);
        }
    }
}
