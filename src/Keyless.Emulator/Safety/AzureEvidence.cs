namespace Keyless.Emulator.Safety;

/// <summary>Signs in files and variables that a process runs in Azure. No address is asked, the link-local one least of all.</summary>
public static class AzureEvidence
{
    /// <summary>The variable that lets an emulator start all the same.</summary>
    internal const string Override = "KEYLESS_ALLOW_IN_AZURE";

    // Every virtual machine of Azure has this one; other hosts with Hyper-V have others.
    private const string AssetTag = "7783-7084-3265-9085-8269-3286-77";

    // Where an app has all of these, its platform set them.
    private static readonly (string Platform, string[] Variables)[] Platforms =
    [
        ("App Service", ["WEBSITE_INSTANCE_ID", "WEBSITE_SITE_NAME"]),
        ("Container Apps", ["CONTAINER_APP_NAME", "CONTAINER_APP_REVISION"]),
        ("Azure Cloud Shell", ["ACC_CLOUD", "ACC_TERM"]),
        ("Service Fabric", ["Fabric_ApplicationName", "Fabric_NodeName"]),
        ("Azure Machine Learning", ["AZUREML_RUN_ID", "AZUREML_ARM_WORKSPACE_NAME"]),
    ];

    // Hosted build machines and development containers are virtual machines of Azure, without identities of ours.
    private static readonly string[] BuildMachines = ["CI", "GITHUB_ACTIONS", "TF_BUILD", "CODESPACES"];

    /// <summary>What shows that a process runs in Azure; hosted build machines are let pass.</summary>
    /// <param name="machine">The machine whose variables count. Its files are those of this machine.</param>
    /// <returns>Such as a file and what it belongs to. Null: nothing shows it.</returns>
    public static string? Find(MachineEnvironment machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Find(machine, EmulatorOptions.DefaultFileRoot);
    }

    /// <exception cref="EmulatorException">There is evidence, and no override.</exception>
    internal static void RequireNone(MachineEnvironment machine, string root)
    {
        if (IsSet(machine, Override) || Find(machine, root) is not { } evidence)
            return;

        throw new EmulatorException(
            $"This process seems to run in Azure: {evidence}. Programs that find an emulator there would not find their real identity, and "
            + $"its tokens are worth nothing. If that is meant, set {nameof(EmulatorOptions)}.{nameof(EmulatorOptions.AllowInAzure)} "
            + $"or the variable {Override}=1.");
    }

    /// <summary>What shows that this is Azure. Null: nothing does.</summary>
    internal static string? Find(MachineEnvironment machine, string root)
    {
        foreach (var (platform, variables) in Platforms)
        {
            if (Array.TrueForAll(variables, name => !string.IsNullOrEmpty(machine.GetVariable(name))))
                return $"{string.Join(" and ", variables)} are set, as on {platform}";
        }

        return Array.Exists(BuildMachines, name => IsSet(machine, name)) ? null : FindFile(root);
    }

    private static string? FindFile(string root)
    {
        var tag = Path.Combine(root, "sys/class/dmi/id/chassis_asset_tag");
        if (ReadStart(tag) == AssetTag)
            return $"{tag} holds the tag of Azure's virtual machines";

        string[] agents = ["var/lib/waagent/provisioned", "var/lib/waagent/ovf-env.xml", "WindowsAzure/Packages/WaAppAgent.exe"];
        if (agents.Select(file => Path.Combine(root, file)).FirstOrDefault(File.Exists) is { } agent)
            return $"{agent} belongs to the agent of Azure's virtual machines";

        string[] arc = ["opt/azcmagent/bin/himds", "Program Files/AzureConnectedMachineAgent/himds.exe"];
        return arc.Select(file => Path.Combine(root, file)).FirstOrDefault(File.Exists) is { } himds
            ? $"{himds} belongs to the agent of Azure Arc"
            : null;
    }

    private static string? ReadStart(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var buffer = new char[AssetTag.Length + 8];
            return new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsSet(MachineEnvironment machine, string name) =>
        machine.GetVariable(name) is { Length: > 0 } value
        && value != "0"
        && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
}
