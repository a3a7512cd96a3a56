namespace Keyless.Emulator.Fleet;

/// <summary>Which options may change while an emulator runs, and which hosts can stay as they are meanwhile.</summary>
internal static class LiveChange
{
    /// <exception cref="EmulatorException">An option has changed that is read at the start only.</exception>
    public static void Require(EmulatorOptions now, EmulatorOptions next)
    {
        if (next with
        {
            Sources = now.Sources,
            Ports = now.Ports,
            Hosts = now.Hosts,
            Identities = now.Identities,
            Tenants = now.Tenants,
            Applications = now.Applications,
            Resources = now.Resources,
            StrictResources = now.StrictResources,
            Claims = now.Claims,
            TokenLifetime = now.TokenLifetime,
            Faults = now.Faults,
            Configuration = now.Configuration,
            AllowedHosts = next.AllowedHosts.SequenceEqual(now.AllowedHosts, StringComparer.Ordinal) ? now.AllowedHosts : next.AllowedHosts,
        } == now)
        {
            return;
        }

        RequireSame(now.Address, next.Address, nameof(EmulatorOptions.Address));
        RequireSame(now.AuthorityPort, next.AuthorityPort, nameof(EmulatorOptions.AuthorityPort));
        RequireSame(now.Issuer, next.Issuer, nameof(EmulatorOptions.Issuer));
        RequireSame(now.KeyDirectory, next.KeyDirectory, nameof(EmulatorOptions.KeyDirectory));
        RequireSame(now.ArcKeyDirectory, next.ArcKeyDirectory, nameof(EmulatorOptions.ArcKeyDirectory));
        RequireSame(now.ReuseTokens, next.ReuseTokens, nameof(EmulatorOptions.ReuseTokens));
        RequireSame(now.TokenTimes, next.TokenTimes, nameof(EmulatorOptions.TokenTimes));
        RequireSame(now.TimeProvider, next.TimeProvider, nameof(EmulatorOptions.TimeProvider));
        throw new EmulatorException("An option has changed that an emulator reads at its start only. Restart it.");
    }

    /// <summary>Whether a running host is what a plan asks for, but for its identities, which can be exchanged.</summary>
    public static bool IsSame(HostPlan running, HostPlan planned) =>
        running.Options.Kind == planned.Options.Kind
        && running.Options.Port == planned.Options.Port
        && running.Options.Secret == planned.Options.Secret
        && running.Tenant == planned.Tenant;

    /// <exception cref="EmulatorException">A host is to have a fixed port that another one has until the change is made.</exception>
    public static void RequireFreePort(HostPlan planned, IEnumerable<HostPlan> running)
    {
        var port = planned.Options.Port;
        if (port != 0 && running.FirstOrDefault(host => host.Options.Port == port) is { } holder)
        {
            throw EmulatorException.Of(
                $"Hosts[{planned.Options.Name}].Port",
                $"is {port}, which the running host '{holder.Options.Name}' has until it has stopped. "
                + "Choose another port, take the host out first, or restart the emulator.");
        }
    }

    private static void RequireSame<T>(T now, T next, string option)
    {
        if (!EqualityComparer<T>.Default.Equals(now, next))
            throw EmulatorException.Of(option, $"has changed from {now?.ToString() ?? "null"} to {next?.ToString() ?? "null"}. That needs a restart.");
    }
}
