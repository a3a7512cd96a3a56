using Keyless.Emulator.Fleet;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator;

/// <content>Changes while it runs. Each is seen whole: either all of it is made, or an exception says why none of it is.</content>
public sealed partial class ManagedIdentityEmulator
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly HashSet<string> _disabledHosts = new(StringComparer.Ordinal);
    private FleetPlan _plan;

    /// <summary>Adds a virtual host.</summary>
    /// <param name="host">What it is and which identities it has.</param>
    /// <param name="ct">Gives up starting it.</param>
    /// <exception cref="EmulatorException">The description cannot be used, or the port cannot be opened.</exception>
    public async Task<EmulatedHost> AddHostAsync(HostDescription host, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        await ChangeAsync(options => options.WithHosts(options.HostsOrDefaults.Append(host)), ct).ConfigureAwait(false);
        return this[host.Name];
    }

    /// <summary>Stops a virtual host and takes it out, with its own identity. Requests that it has begun to answer are answered.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ct">Gives up before anything is changed.</param>
    /// <exception cref="EmulatorException">There is no such host, or it is the last one.</exception>
    public Task RemoveHostAsync(string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ChangeAsync(
            options =>
            {
                var left = options.HostsOrDefaults.Where(host => host.Name != name).ToArray();
                if (left.Length == options.HostsOrDefaults.Count())
                    throw new EmulatorException($"There is no host '{name}', only {string.Join(", ", _hosts.Select(host => host.Name))}.");
                return left.Length > 0
                    ? options.WithHosts(left)
                    : throw new EmulatorException($"'{name}' is the last host, and an emulator has at least one. Add another one first.");
            },
            ct);
    }

    /// <summary>Adds a user-assigned identity. Hosts that are described without a list of identities get it.</summary>
    /// <param name="identity">The identity.</param>
    /// <exception cref="EmulatorException">The description cannot be used.</exception>
    public EmulatedIdentity AddIdentity(IdentityDescription identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Change(options => options with { Identities = [.. options.Identities, identity] });
        var content = _directory.Content;
        var tenant = identity.Tenant is null ? content.Tenants[0] : content.FindTenant(identity.Tenant)!;
        return content.FindUserAssigned(tenant.Tenant.Id, identity.Name)!.Identity;
    }

    /// <summary>Deletes a user-assigned identity: no host has it any more, and who asks for it is told that it is not found.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tenant">The name of its tenant. Null: whichever has it.</param>
    /// <exception cref="EmulatorException">There is no such identity, or several tenants have one of the name.</exception>
    public void RemoveIdentity(string name, string? tenant = null) => Change(options =>
    {
        var removed = Find(options, name, tenant) ?? throw NoIdentity(name);
        var hosts = options.Hosts.Select(host => host.UserAssigned?.Contains(name, StringComparer.Ordinal) == true && SameTenant(host.Tenant, removed.Tenant)
            ? host with { UserAssigned = [.. host.UserAssigned.Where(assigned => assigned != name)] }
            : host);
        return options with
        {
            Identities = [.. options.Identities.Where(identity => !ReferenceEquals(identity, removed))],
            Hosts = [.. hosts],
        };
    });

    /// <summary>Disables an identity, as in Entra: hosts still have it, but it is issued no tokens (AADSTS7000112). Or enables it again.</summary>
    /// <param name="name">The name of a user-assigned identity, or of a host for its own one.</param>
    /// <param name="enabled">Whether tokens are issued for it.</param>
    /// <param name="tenant">The name of its tenant. Null: whichever has it.</param>
    /// <exception cref="EmulatorException">There is no such identity, or several tenants have one of the name.</exception>
    public void SetEnabled(string name, bool enabled, string? tenant = null) => Change(options =>
    {
        if (Find(options, name, tenant) is { } changed)
        {
            return options with
            {
                Identities = [.. options.Identities.Select(identity =>
                    ReferenceEquals(identity, changed) ? identity with { Enabled = enabled } : identity)],
            };
        }

        if (!_directory.Content.Identities.Any(entry => entry.Identity.IsSystemAssigned && entry.Identity.Name == name))
            throw NoIdentity(name);
        _ = enabled ? _disabledHosts.Remove(name) : _disabledHosts.Add(name);
        return options;
    });

    /// <summary>
    /// Makes everything as new options describe it: hosts, identities, tenants, APIs, applications, claims and the lifetime of tokens.
    /// Hosts whose kind, port, secret and tenant stay keep their address, journal and faults, and drop no request.
    /// </summary>
    /// <param name="options">The options. What else they hold must be as it was, since it is read at the start only.</param>
    /// <param name="ct">Gives up before anything is changed.</param>
    /// <exception cref="EmulatorException">The options cannot be used, or would need a restart; nothing has changed.</exception>
    public Task ReloadAsync(EmulatorOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ChangeAsync(_ => options, ct);
    }

    private static IdentityDescription? Find(EmulatorOptions options, string name, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(name);
        var first = FirstTenant(options);
        var found = options.Identities
            .Where(identity => identity.Name == name && (tenant is null || (identity.Tenant ?? first) == tenant))
            .ToArray();
        return found.Length <= 1 ? found.FirstOrDefault() : throw new EmulatorException(
            $"Several tenants have an identity '{name}': {string.Join(", ", found.Select(identity => identity.Tenant ?? first))}. Name the tenant.");
    }

    private static string FirstTenant(EmulatorOptions options) =>
        options.Tenants.Count > 0 ? options.Tenants[0].Name : TenantDescription.DefaultName;

    private bool SameTenant(string? one, string? other) => (one ?? FirstTenant(_options)) == (other ?? FirstTenant(_options));

    private EmulatorException NoIdentity(string name) => new(
        $"There is no identity '{name}', only {string.Join(", ", Identities.Select(identity => identity.Name))}.");

    // For what concerns no host's address.
    private void Change(Func<EmulatorOptions, EmulatorOptions> change)
    {
        _changing.Wait();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var next = change(_options);
            next.Validate();
            Commit(next, FleetPlan.Of(next), _hosts);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task ChangeAsync(Func<EmulatorOptions, EmulatorOptions> change, CancellationToken ct)
    {
        await _changing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var next = change(_options);
            next.Validate();
            LiveChange.Require(_options, next);
            var plan = FleetPlan.Of(next);

            var before = _hosts;
            var hosts = await StartMissingAsync(plan, next, ct).ConfigureAwait(false);
            Commit(next, plan, hosts);
            await Task.WhenAll(before.Except(hosts).Select(host => host.StopAsync().AsTask())).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<EmulatedHost[]> StartMissingAsync(FleetPlan plan, EmulatorOptions next, CancellationToken ct)
    {
        var running = _plan.Hosts.ToDictionary(host => host.Options.Name, StringComparer.Ordinal);
        var hosts = new List<EmulatedHost>();
        try
        {
            foreach (var planned in plan.Hosts)
            {
                if (running.TryGetValue(planned.Options.Name, out var old) && LiveChange.IsSame(old, planned))
                {
                    hosts.Add(this[planned.Options.Name]);
                    continue;
                }

                LiveChange.RequireFreePort(planned, running.Values);
                hosts.Add(await StartHostAsync(planned, next, ct).ConfigureAwait(false));
            }

            return [.. hosts];
        }
        catch
        {
            await Task.WhenAll(hosts.Except(_hosts).Select(host => host.StopAsync().AsTask())).ConfigureAwait(false);
            throw;
        }
    }

    // Nothing here can fail.
    private void Commit(EmulatorOptions next, FleetPlan plan, EmulatedHost[] hosts)
    {
        _disabledHosts.IntersectWith(plan.Hosts.Select(host => host.Options.Name));
        var content = plan.Directory with
        {
            Identities = [.. plan.Directory.Identities.Select(entry =>
                entry.Identity.IsSystemAssigned && _disabledHosts.Contains(entry.Identity.Name) ? entry with { Enabled = false } : entry)],
        };
        _directory.Change(_ => content);

        var before = _plan.Hosts.ToDictionary(host => host.Options.Name, StringComparer.Ordinal);
        foreach (var (host, planned) in hosts.Zip(plan.Hosts))
            Reassign(host, before.TryGetValue(host.Name, out var old) ? old.Assigned : [], planned, content);

        if (!ReferenceEquals(next.Faults, _options.Faults))
        {
            foreach (var rule in _options.Faults.Concat(next.Faults))
                Faults.Remove(rule.Name);
            foreach (var rule in next.Faults)
                Faults.Add(rule);
        }

        (_options, _plan, _hosts) = (next, plan, hosts);
    }

    // What was assigned and taken away by hand stays so, unless the plans differ in just that.
    private static void Reassign(EmulatedHost host, IReadOnlyList<EmulatedIdentity> before, HostPlan planned, DirectoryContent content)
    {
        host.Assignments.Delay = planned.Options.PropagationDelay;
        host.Assignments.Remove(identity =>
            (before.Contains(identity) && !planned.Assigned.Contains(identity))
            || !content.Identities.Any(entry => entry.Identity == identity));
        foreach (var identity in planned.Assigned.Except(before))
            host.Assignments.Add(identity);
    }
}
