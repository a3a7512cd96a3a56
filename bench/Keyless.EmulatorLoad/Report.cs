using System.Globalization;
using System.Runtime.InteropServices;

namespace Keyless.EmulatorLoad;

/// <summary>The table that is printed, row by row.</summary>
internal sealed class Report
{
    private readonly TextWriter _output;

    public Report(TextWriter output)
    {
        _output = output;
        _output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}");
        _output.WriteLine();
        _output.WriteLine("| What | Measured |");
        _output.WriteLine("|---|---|");
    }

    public void Row(FormattableString what, FormattableString measured) => _output.WriteLine(
        $"| {what.ToString(CultureInfo.InvariantCulture)} | {measured.ToString(CultureInfo.InvariantCulture)} |");
}
