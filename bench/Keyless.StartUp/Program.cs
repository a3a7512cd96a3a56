using Keyless.StartUp;

// Compares programs as whole processes: how long each takes from its start to its end, with one token between. Started by
// bench/start-up.sh, which builds the programs and says where they are:
//
//   Keyless.StartUp JIT-DIRECTORY NATIVE-DIRECTORY NATIVE-BUILD [ROUNDS]
var (jit, native, build) = (args[0], args[1], args[2]);
var rounds = args.Length > 3 ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : 60;
var tool = Path.Combine(native, "Keyless.Cli", "release_linux-x64", "keyless");
var scratch = Directory.CreateTempSubdirectory("keyless-start-up-").FullName;
var report = new Report(Console.Out);
report.Head(build);

await using (var emulator = await RunningEmulator.StartAsync(tool, scratch, "--source", "app-service"))
{
    await emulator.AskAsync();
    var variables = new Dictionary<string, string>(emulator.Variables, StringComparer.Ordinal)
    {
        ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "../../../..")),
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
        ["HOME"] = scratch,
    };

    Candidate Jit(string name, string project) => new(name, Path.Combine(jit, project, "release", project));
    Candidate Native(string name, string project) => new(name, Path.Combine(native, project, "release_linux-x64", project));

    Candidate[] compiledLate =
    [
        Jit("on Keyless", "StartUp.Core"),
        Jit("on MSAL.NET 4.92", "StartUp.MsalNet"),
        Jit("on HttpClient alone", "StartUp.HttpClient"),
    ];
    Comparison.Run(rounds, variables, compiledLate);
    report.Section($"A fresh process, compiled while it runs", $"The same small program three times; median of {rounds} runs.");
    report.Table(sizes: false, compiledLate);
    var ofMsal = Report.Ratio(compiledLate[0], compiledLate[1]);
    report.Goal($"JIT: not slower than on MSAL.NET", $"{ofMsal:0.00} × its time", ofMsal <= 1);

    Candidate[] compiledEarly =
    [
        Native("on Keyless", "StartUp.Core"),
        Native("on MSAL.NET 4.92", "StartUp.MsalNet"),
        Native("on HttpClient alone", "StartUp.HttpClient"),
        new("`keyless token RESOURCE`", tool, "token", "https://vault.azure.net"),
        new("`keyless detect`, for comparison: sends nothing", tool, "detect"),
    ];
    Comparison.Run(rounds, variables, compiledEarly);
    var (core, msal, token) = (compiledEarly[0], compiledEarly[1], compiledEarly[3]);
    report.Section($"Native code", $"The same programs, and the tool, which holds the emulator as well; median of {rounds} runs.");
    report.Table(sizes: true, compiledEarly);
    report.Goal($"Native: not slower than on MSAL.NET", $"{Report.Ratio(core, msal):0.00} × its time", Report.Ratio(core, msal) <= 1);
    report.Goal($"Native: not larger than on MSAL.NET", $"{core.Size / 1e6:0.0} MB, {msal.Size / 1e6:0.0} MB", core.Size <= msal.Size);
    var ofCore = Report.Ratio(token, core);
    report.Goal($"`keyless token`: at most 1.5 × the program on Keyless alone", $"{ofCore:0.00} ×", ofCore <= 1.5);
}

var starts = Math.Max(rounds / 2, 5);
report.Section(
    $"`keyless emulate`, native",
    $"From its start to an answer in the client's hands; median of {starts} starts. A new signing key is a new RSA key of 2,048 bits.");
report.Line($"| What | median | 9 in 10 below |");
report.Line($"|---|---|---|");

var kept = Path.Combine(scratch, "kept.json");
await File.WriteAllTextAsync(
    kept, $$"""{ "keyDirectory": "{{Path.Combine(scratch, "keys")}}", "hosts": [{ "name": "web", "kind": "app-service" }] }""");
string[] others = ["imds", "azure-arc", "cloud-shell", "service-fabric", "machine-learning"];
var all = await EmulatorStart.MeasureAsync(
    starts, tool, scratch, ["--source", "app-service", .. others.SelectMany(kind => (string[])["--source", kind])]);
var one = await EmulatorStart.MeasureAsync(starts, tool, scratch, "--source", "app-service");
var keeping = await EmulatorStart.MeasureAsync(starts, tool, scratch, "--config", kept);
report.Times($"one kind of endpoint: first answer", one.Answer);
report.Times($"one kind of endpoint: first token, with a new signing key", one.Token);
report.Times($"one kind of endpoint: first token, with a signing key kept from before", keeping.Token);
report.Times($"all six kinds: first answer", all.Answer);
report.Times($"all six kinds: first token, with a new signing key", all.Token);
report.Goal(
    $"`keyless emulate`: answers within 60 ms of its start",
    $"{one.Answer.Median():0} ms; all six kinds {all.Answer.Median():0} ms",
    Math.Max(one.Answer.Median(), all.Answer.Median()) <= 60);
report.Goals();

Directory.Delete(scratch, recursive: true);
