using System.Diagnostics;

namespace Keyless.Benchmarks.Loopback;

/// <summary>Starts this program again.</summary>
internal static class Self
{
    public static ProcessStartInfo Start(params string[] arguments)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process does not know its own program.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(Self).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
