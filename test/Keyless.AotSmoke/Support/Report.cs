using System.Diagnostics.CodeAnalysis;

namespace Keyless.AotSmoke.Support;

/// <summary>A line for each feature, and a verdict.</summary>
internal sealed class Report(TextWriter output)
{
    private int _passed;
    private int _failed;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever it is, the feature failed.")]
    public async Task CheckAsync(string feature, Func<Task> check)
    {
        try
        {
            await check();
            _passed++;
            await output.WriteLineAsync($"ok    {feature}");
        }
        catch (Exception exception)
        {
            _failed++;
            await output.WriteLineAsync($"FAIL  {feature}: {exception}");
        }
    }

    public int End()
    {
        output.WriteLine($"{_passed} features work, {_failed} do not.");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }
}
