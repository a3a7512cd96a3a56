namespace Keyless.Emulator.Configuration;

/// <summary>A notation that configuration files may be written in, beside JSON. The tool has one for YAML.</summary>
public interface IConfigurationNotation
{
    /// <summary>Whether a file is written in it, by its name.</summary>
    /// <param name="file">The file.</param>
    bool Reads(string file);

    /// <summary>Reads a text, and tells what stands in it from its beginning to its end.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="builder">Is told each value with its place; checks, and errors with their lines, are the same as for JSON.</param>
    /// <exception cref="ConfigurationException">The text cannot be read: what <see cref="ConfigurationBuilder.Refuse"/> makes.</exception>
    void Read(ReadOnlyMemory<byte> text, ConfigurationBuilder builder);
}
