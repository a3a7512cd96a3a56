using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator;

namespace Keyless.Cli.Emulation;

/// <summary>A running emulator, for people: a script of which one block at a time can be pasted into a shell.</summary>
internal static class EmulatorView
{
    public static void Write(Page page, ManagedIdentityEmulator emulator, Shell shell, bool namesHosts = false)
    {
        void Comment(string text = "", Ink ink = Ink.Faint) => page.Line(ShellSyntax.Comment(shell, text), ink);

        var one = emulator.Hosts.Count == 1 ? "this" : "one of these blocks";
        Comment(shell switch
        {
            Shell.Docker => $"Give {one} to 'docker run --network host': the endpoints are on this machine's loopback.",
            Shell.DotEnv => $"Put {one} into an .env file: the program that reads it finds that machine's endpoint.",
            _ => $"Paste {one} into a shell: what you start there finds that machine's endpoint.",
        }, Ink.Plain);
        foreach (var host in emulator.Hosts)
        {
            page.Line();
            Comment($"{TitleOf(host, namesHosts)}: {SourceName.Platform(host.Source)}", Ink.Strong);
            if (host.Problem is { } problem)
                Comment($"Not usable: {problem}", Ink.Warning);
            foreach (var line in HostVariables.Lines(host, shell))
                page.Line(line);
        }

        var assigned = emulator.Hosts.SelectMany(host => host.AssignedIdentities).Distinct().ToArray();
        if (assigned.Length > 0)
        {
            page.Line();
            var hasUser = emulator.Hosts.Any(host => host.Kind == HostKind.CloudShell);
            Comment($"Identities{(hasUser ? " (the tokens of cloud-shell are a user's)" : "")}:", Ink.Strong);
        }

        foreach (var identity in assigned)
        {
            var meaning = identity.IsSystemAssigned ? " (system-assigned: what you get if you name none)" : "";
            Comment($"  {identity.Name}{meaning}", Ink.Plain);
            Comment($"    client id    {identity.ClientId}");
            Comment($"    object id    {identity.ObjectId}");
            Comment($"    resource id  {identity.ResourceId}");
        }

        page.Line();
        Comment("No Azure service accepts these tokens. A service of yours does if it trusts", Ink.Plain);
        Comment($"  {emulator.Authority}.well-known/openid-configuration", Ink.Plain);
        if (emulator.AdminAddress is not { } admin)
            return;

        page.Line();
        Comment("What goes wrong, the clock and the rest can be changed while it runs: keyless fault, clock, key, identity,", Ink.Plain);
        Comment($"journal and env find it by themselves, others by its admin API at {admin}", Ink.Plain);
        Comment($"Look at it, and change it, in a browser: {new Uri(admin, "ui/")}", Ink.Strong);
    }

    // Where there is one host for each platform, that names it; else its own name does.
    private static string TitleOf(EmulatedHost host, bool namesHosts) =>
        namesHosts ? $"{host.Name}, {HostPlatform.NameOf(host.Kind)}" : SourceName.Of(host.Source);
}
