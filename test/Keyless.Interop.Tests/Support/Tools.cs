namespace Keyless.Interop.Tests.Support;

/// <summary>Programs that the tests start and that a machine may lack.</summary>
internal static class Tools
{
    /// <summary>The command's file, or the end of the test, as skipped.</summary>
    public static string Require(string command)
    {
        var file = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? $"{command}.exe" : command))
            .FirstOrDefault(File.Exists);
        if (file is null)
            Assert.Skip($"There is no {command} on this machine's path. Install it to run this test.");
        return file;
    }
}
