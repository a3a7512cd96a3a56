namespace Keyless.Emulator.Admin;

/// <summary>A request to the admin API cannot be fulfilled.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">A name for the reason.</param>
/// <param name="message">What was wrong and what to do.</param>
internal sealed class AdminException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static AdminException Invalid(string message) => new(400, "invalid_request", message);

    public static AdminException NotFound(string message) => new(404, "not_found", message);
}
