using System.Text;
using System.Threading.Channels;

namespace Keyless.Cli.Tests.Support;

/// <summary>Keeps what is written, line by line, and lets a test wait for a line. Lines end as on Unix everywhere.</summary>
internal sealed class SignallingWriter : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public SignallingWriter()
    {
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    public override void Write(char value)
    {
        lock (_lock)
            _text.Append(value);
    }

    public override void WriteLine(string? value)
    {
        lock (_lock)
            _text.Append(value).Append('\n');
        _lines.Writer.TryWrite(value ?? "");
    }

    public override void WriteLine() => WriteLine("");

    /// <summary>The next whole line that begins like this.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException("The writer was closed.");
    }
}
