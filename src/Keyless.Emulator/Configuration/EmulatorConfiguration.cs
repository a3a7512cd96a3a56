using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Fleet;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Configuration;

/// <summary>A configuration: the options of an emulator, and where each value of theirs comes from.</summary>
/// <remarks>
/// The file is JSON; comments and commas after the last item are taken as well. Other notations are given by
/// <see cref="ConfigurationLayers.Notations"/>. <see cref="Schema"/> says what it may hold.
/// </remarks>
public sealed class EmulatorConfiguration
{
    /// <summary>The name that the tool looks for where no file is named.</summary>
    public const string DefaultFileName = "keyless.json";

    private const int MaxFileSize = 1024 * 1024;

    private EmulatorConfiguration(string? file, byte[] content, EmulatorOptions options, IReadOnlyList<ConfigurationValue> values)
    {
        Fingerprint = FingerprintOf(content);
        File = file;
        Options = options;
        Values = values;
    }

    /// <summary>The JSON schema of the file, for editors; the same as in <c>docs/keyless.schema.json</c>.</summary>
    public static string Schema => ReadResource("keyless.schema.json");

    /// <summary>A file to begin with, which explains itself by comments.</summary>
    public static string Sample => ReadResource("keyless.sample.json");

    /// <summary>The file that was read. Null: none was.</summary>
    public string? File { get; }

    /// <summary>What the configuration comes to.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>Every value, those that nobody has set included; secrets are not shown.</summary>
    public IReadOnlyList<ConfigurationValue> Values { get; }

    /// <summary>Tells the file's content from any other.</summary>
    internal string Fingerprint { get; }

    /// <summary>Reads a file; no variable has a say.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">The file cannot be read or used; the exception names each line at fault and the reason.</exception>
    public static EmulatorConfiguration ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(new ConfigurationLayers { File = path });
    }

    /// <summary>Reads a file, variables and flags, and lays them over each other.</summary>
    /// <param name="layers">What to read.</param>
    /// <exception cref="ConfigurationException">Something cannot be used; the exception names the line, variable or flag and the reason.</exception>
    public static EmulatorConfiguration Read(ConfigurationLayers layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return layers.File is { } file ? Read(ReadBytes(file), layers) : Read("{}"u8.ToArray(), layers);
    }

    /// <summary>Reads a file's content in place of the file itself.</summary>
    internal static EmulatorConfiguration Read(byte[] content, ConfigurationLayers layers)
    {
        var problems = new List<ConfigurationProblem>();
        var root = Parse(content, layers, problems);
        new ShapeCheck(problems).Check(root, ConfigurationShapes.Root, "");
        if (root.Kind == JsonValueKind.Object)
            root = UpperLayers.Apply(root, layers, problems);
        if (problems.Count > 0)
            throw new ConfigurationException([.. problems.OrderBy(problem => problem.Origin.Line ?? int.MaxValue).ThenBy(problem => problem.Origin.Column)]);

        var options = new OptionsReader(item => CertificateFile.Read(item, layers.File)).Read(root);
        Require(options, root);
        var values = EffectiveValues.Of(root);
        options = options with { Configuration = new ConfigurationSource(layers.File, values) };
        return new EmulatorConfiguration(layers.File, content, options, values);
    }

    private static ConfigurationNode Parse(byte[] content, ConfigurationLayers layers, List<ConfigurationProblem> problems)
    {
        var file = layers.File ?? "";
        if (layers.Notations.FirstOrDefault(notation => notation.Reads(file)) is not { } notation)
            return ConfigurationParser.Parse(content, file, problems);

        var builder = new ConfigurationBuilder(file, problems);
        notation.Read(content, builder);
        return builder.Root ?? throw builder.Refuse("Nothing stands in it.", 1, 1);
    }

    internal static string FingerprintOf(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    internal static byte[] ReadBytes(string file)
    {
        try
        {
            var content = System.IO.File.ReadAllBytes(file);
            return content.Length <= MaxFileSize
                ? content
                : throw Unreadable(file, $"The file has {content.Length} bytes. At most {MaxFileSize} are read.", null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable(file, "There is no such file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, $"The file cannot be read: {exception.Message}", exception);
        }
    }

    // What holds of options holds of the file; its author is told in the file's terms.
    private static void Require(EmulatorOptions options, ConfigurationNode root)
    {
        try
        {
            // Whether an emulator may run on this machine is no matter of the file.
            (options with { AllowInAzure = true }).Validate();
            ListenAddress.Require(options);
            FleetPlan.Of(options);
        }
        catch (EmulatorException exception)
        {
            var (node, path) = OptionPlace.Find(root, exception.Option ?? "");
            throw new ConfigurationException(new ConfigurationProblem(node.Origin, path, exception.Reason ?? exception.Message), exception);
        }
    }

    private static ConfigurationException Unreadable(string file, string text, Exception? cause) =>
        new(new ConfigurationProblem(new ConfigurationOrigin(ConfigurationLayer.File, file), "", text), cause);

    private static string ReadResource(string name)
    {
        using var stream = typeof(EmulatorConfiguration).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
