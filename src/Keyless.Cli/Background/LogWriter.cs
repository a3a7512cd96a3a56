using System.Globalization;
using System.Text;

namespace Keyless.Cli.Background;

/// <summary>Writes lines to a log, each with its time, and each at once.</summary>
internal sealed class LogWriter(Stream log, TimeProvider time) : TextWriter
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_gate)
        {
            if (value == '\n')
                EndLine();
            else if (value != '\r')
                _line.Append(value);
        }
    }

    /// <summary>Writes a line as a whole, whoever else writes.</summary>
    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            _line.Append(value);
            EndLine();
        }
    }

    private void EndLine()
    {
        var now = time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        log.Write(Encoding.UTF8.GetBytes($"{now} {_line}\n"));
        log.Flush();
        _line.Clear();
    }
}
