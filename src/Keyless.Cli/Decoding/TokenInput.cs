using System.Text;
using Keyless.Cli.Commands;

namespace Keyless.Cli.Decoding;

/// <summary>Reads a token from a file or from standard input, however it was copied.</summary>
internal static class TokenInput
{
    /// <exception cref="ToolException">There is none, or too much.</exception>
    public static async Task<string> ReadAsync(Invocation call, string? file, int mostKibibytes, CancellationToken cancellationToken)
    {
        var most = mostKibibytes * 1024;
        var bytes = file is null ? await ReadInputAsync(call, most, cancellationToken) : await ReadFileAsync(file, most, cancellationToken);
        var from = file is null ? "Standard input" : $"The file {file}";
        if (bytes.Length > most)
            throw ToolException.Usage($"{from} is longer than {mostKibibytes} KiB, which no access token is.");

        var text = Bare(Encoding.UTF8.GetString(bytes.Span));
        return text.Length > 0
            ? text
            : throw ToolException.Usage($"{from} is empty. Expected a token, such as 'keyless token' prints.");
    }

    // A person ends a line, a program ends the stream.
    private static async Task<ReadOnlyMemory<byte>> ReadInputAsync(Invocation call, int most, CancellationToken cancellationToken)
    {
        if (call.Context.InputIsTerminal)
            call.Error.Line("Paste a token and press Enter. It stays on this machine.");
        var input = call.Context.OpenInput();
        await using (input)
            return await ReadAsync(input, most, stopAtNewLine: call.Context.InputIsTerminal, cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(string file, int most, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = File.OpenRead(file);
            return await ReadAsync(input, most, stopAtNewLine: false, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ToolException.Usage($"The file {file} (from --file) can't be read: {e.Message}");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream input, int most, bool stopAtNewLine, CancellationToken cancellationToken)
    {
        var buffer = new byte[most + 1];
        var length = 0;
        while (length < buffer.Length)
        {
            // A console does not give up waiting for a key when the call is cancelled.
            var read = await input.ReadAsync(buffer.AsMemory(length), cancellationToken).AsTask().WaitAsync(cancellationToken);
            length += read;
            if (read == 0 || (stopAtNewLine && buffer.AsSpan(length - read, read).Contains((byte)'\n')))
                break;
        }

        return buffer.AsMemory(0, length);
    }

    // As copied from a header, from JSON or from a shell variable.
    private static string Bare(string text)
    {
        text = WithoutPrefix(text.Trim('\uFEFF', ' ', '\t', '\r', '\n'), "Authorization:");
        return WithoutPrefix(text, "Bearer ").Trim('"', '\'');
    }

    private static string WithoutPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..].TrimStart() : text;
}
