namespace Keyless.Emulator.Configuration;

/// <summary>An application's certificate in a configuration: a PEM text, or the name of a file that holds one.</summary>
internal static class CertificateFile
{
    private const string Beginning = "-----BEGIN";

    /// <exception cref="ConfigurationException">The file cannot be read, or holds no certificate.</exception>
    public static string Read(ConfigurationNode item, string? configurationFile)
    {
        var text = item.Text;
        if (!text.TrimStart().StartsWith(Beginning, StringComparison.Ordinal))
            text = ReadFile(item, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configurationFile ?? "."))!, text));
        return text.Contains($"{Beginning} CERTIFICATE-----", StringComparison.Ordinal)
            ? text
            : throw Of(item, "holds no certificate in PEM. Give its text, or the name of a file that holds it.", null);
    }

    private static string ReadFile(ConfigurationNode item, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Of(item, $"names a file that cannot be read: {exception.Message}", exception);
        }
    }

    private static ConfigurationException Of(ConfigurationNode item, string text, Exception? cause) =>
        new(new ConfigurationProblem(item.Origin, "certificates", text), cause);
}
