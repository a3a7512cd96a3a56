using System.CommandLine;
using Keyless.Cli.Commands;

namespace Keyless.Cli.Administration;

/// <summary>Which running emulator is meant, and the key that it asks for.</summary>
internal sealed class AdminOptions
{
    public const string AddressVariable = "KEYLESS_ADMIN";
    public const string KeyVariable = "KEYLESS_ADMIN_KEY";
    public const string KeyFileName = "--admin-key-file";

    private readonly Option<string?> _address = new("--admin")
    {
        HelpName = "URL",
        Description = $"The emulator's admin address. The default is the variable {AddressVariable}, else the emulator that this user runs.",
    };
    private readonly Option<string?> _keyFile = KeyFileOption($"A file with the emulator's admin key. The default is the variable {KeyVariable}.");

    /// <summary>An option that names the file with the key.</summary>
    public static Option<string?> KeyFileOption(string description) =>
        new(KeyFileName) { HelpName = "PATH", Description = description };

    public void AddTo(Command command)
    {
        command.Add(_address);
        command.Add(_keyFile);
    }

    /// <summary>The address that was given. Null: none was.</summary>
    /// <exception cref="ToolException">It is no address.</exception>
    public Uri? Address(Invocation call)
    {
        var (text, origin) = call.Get(_address) is { } given
            ? (given, "--admin")
            : (call.Context.Environment.GetVariable(AddressVariable), AddressVariable);
        if (string.IsNullOrEmpty(text))
            return null;

        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.UserInfo.Length == 0
                ? new Uri(address.GetLeftPart(UriPartial.Authority))
                : throw ToolException.Usage($"{origin} is '{text}', which is no address. Give one such as http://127.0.0.1:PORT.");
    }

    public string? Key(Invocation call) => ReadKey(call.Get(_keyFile), call.Context);

    /// <summary>The key in a file, else in the variable. It is no argument, since others could see it there.</summary>
    /// <exception cref="ToolException">The file cannot be read, or is empty.</exception>
    public static string? ReadKey(string? file, ToolContext context)
    {
        if (file is null)
            return context.Environment.GetVariable(KeyVariable) is { Length: > 0 } value ? value : null;

        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } key ? key : throw ToolException.Usage($"--admin-key-file: {file} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--admin-key-file: {file} cannot be read: {e.Message}");
        }
    }
}
