namespace Keyless.Pipeline;

/// <summary>What a host said about an error.</summary>
/// <param name="Code">Its error code.</param>
/// <param name="Message">Its text, as received: not yet fit for people's eyes.</param>
/// <param name="CorrelationId">Its correlation id.</param>
internal readonly record struct HostError(string? Code, string? Message, string? CorrelationId)
{
    public bool IsEmpty => string.IsNullOrEmpty(Code) && string.IsNullOrEmpty(Message);

    public bool Says(string words) =>
        Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true || Code?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
