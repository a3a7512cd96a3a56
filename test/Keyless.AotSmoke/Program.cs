using Keyless.AotSmoke.Checks;
using Keyless.AotSmoke.Support;

// Uses what the libraries and the tool can do, as native code, against an emulator in a process of its own. Prints a line for each
// feature; ends with 1 if one failed.
//
//   Keyless.AotSmoke PATH-OF-KEYLESS
var scratch = Directory.CreateTempSubdirectory("keyless-smoke-").FullName;
var report = new Report(Console.Out);
try
{
    var tool = new Tool(args[0], scratch);
    await using var emulator = await Emulator.StartAsync(tool);
    await SourceChecks.RunAsync(report, emulator);
    await ClientChecks.RunAsync(report, emulator, tool);
    await MsalChecks.RunAsync(report, emulator);
    await ToolChecks.RunAsync(report, emulator, tool);
}
finally
{
    Directory.Delete(scratch, recursive: true);
}

return report.End();
