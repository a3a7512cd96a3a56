using System.Text;
using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A success whose headers do not say what its body is.</summary>
internal sealed record ContentTypeFault(ContentFlaw Flaw) : RewriteFault
{
    public const string Name = "content-type";

    private const string Portal =
        "<!DOCTYPE html><html><head><title>Welcome</title></head><body><form>Accept the terms to go online</form></body></html>";

    public override string Kind => Name;

    public static ContentTypeFault Read(FaultReader json) => new(json.OneOf<ContentFlaw>("flaw"));

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("flaw", KebabCase.Of(Flaw));

    private protected override EndpointAnswer Rewrite(EndpointAnswer answer, FaultContext context) => Flaw switch
    {
        ContentFlaw.Portal => new EndpointAnswer(200, Encoding.UTF8.GetBytes(Portal), "text/html; charset=utf-8"),
        ContentFlaw.PlainText => answer with { ContentType = "text/plain; charset=utf-8" },
        ContentFlaw.None => answer with { ContentType = null },
        _ => answer.WithHeader("Content-Encoding", "gzip"),
    };
}

/// <summary>What is wrong with the type of a body.</summary>
public enum ContentFlaw
{
    /// <summary>It is a web page, as a captive portal answers everything with.</summary>
    Portal,

    /// <summary>It is JSON that calls itself plain text.</summary>
    PlainText,

    /// <summary>It has none.</summary>
    None,

    /// <summary>It calls itself compressed (gzip) and is not.</summary>
    FalseGzip,
}
