using System.Net.Sockets;
using Keyless.Cli.Commands;
using Keyless.Cli.Options;
using Keyless.Emulator;

namespace Keyless.Cli.Emulation;

/// <summary>Starts an emulator; what hinders it is said in the tool's terms.</summary>
internal static class EmulatorStart
{
    /// <exception cref="ToolException">The emulator can't start.</exception>
    public static async Task<ManagedIdentityEmulator> RunAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ManagedIdentityEmulator.StartAsync(options, cancellationToken);
        }
        catch (EmulatorException e)
        {
            throw new ToolException(Explain(e, options), ExitCodes.Unexpected);
        }
    }

    /// <summary>Starts an emulator of one machine, for this machine's clients.</summary>
    /// <exception cref="ToolException">The emulator can't start, or not with this machine's endpoint.</exception>
    public static Task<ManagedIdentityEmulator> RunOneAsync(HostDescription host, Invocation call, CancellationToken cancellationToken) =>
        RunOneAsync(
            new EmulatorOptions
            {
                Hosts = [host],
                TimeProvider = call.Context.Time,
                ArcKeyDirectory = call.Context.Environment.ArcKeyDirectory,
            },
            cancellationToken);

    /// <summary>Starts an emulator whose options describe one machine.</summary>
    /// <exception cref="ToolException">The emulator can't start, or not with this machine's endpoint.</exception>
    public static async Task<ManagedIdentityEmulator> RunOneAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        // It ends with the command, which asks for it in so many words.
        var emulator = await RunAsync(options with { AllowInAzure = true }, cancellationToken);
        if (emulator.Hosts[0].Problem is { } problem)
        {
            await emulator.DisposeAsync();
            throw new ToolException(problem, ExitCodes.Unexpected);
        }

        return emulator;
    }

    private static string Explain(EmulatorException exception, EmulatorOptions options)
    {
        var all = options.Ports.Values.ToList();
        foreach (var host in options.Hosts)
            all.Add(host.Port);
        all.AddRange([options.AuthorityPort, options.AdminPort ?? 0]);
        var ports = string.Join(" or ", all.Where(port => port != 0));
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch ((cause as SocketException)?.SocketErrorCode)
            {
                case SocketError.AddressAlreadyInUse:
                    return $"Port {ports} of {options.Address} is in use. Stop the program that has it, or choose another port.";
                case SocketError.AccessDenied:
                    return $"This user may not open port {ports} of {options.Address}. Choose a port above 1023.";
            }
        }

        return AccessOptions.InFlags(exception.Message);
    }
}
