using System.CommandLine;
using Keyless.Cli.Commands;
using Keyless.Cli.Failures;

namespace Keyless.Cli.Options;

/// <summary>The three ways to name a user-assigned identity; none of them means the machine's own.</summary>
internal sealed class IdentityOptions
{
    private readonly Option<string> _clientId = new("--client-id")
    {
        HelpName = "GUID",
        Description = "The user-assigned identity with this client id.",
    };
    private readonly Option<string> _objectId = new("--object-id")
    {
        HelpName = "GUID",
        Description = "The user-assigned identity with this object (principal) id.",
    };
    private readonly Option<string> _resourceId = new("--resource-id")
    {
        HelpName = "PATH",
        Description = "The user-assigned identity with this ARM resource id.",
    };

    public void AddTo(Command command)
    {
        command.Add(_clientId);
        command.Add(_objectId);
        command.Add(_resourceId);
        command.Validators.Add(result =>
        {
            if (new Option[] { _clientId, _objectId, _resourceId }.Count(option => result.GetResult(option) is not null) > 1)
                result.AddError("An identity is named by one id: give one of --client-id, --object-id and --resource-id.");
        });
    }

    /// <exception cref="ToolException">The id has the wrong shape.</exception>
    public ManagedIdentity Read(Invocation call)
    {
        try
        {
            if (call.Get(_clientId) is { } clientId)
                return ManagedIdentity.FromClientId(clientId);
            if (call.Get(_objectId) is { } objectId)
                return ManagedIdentity.FromObjectId(objectId);
            return call.Get(_resourceId) is { } resourceId ? ManagedIdentity.FromResourceId(resourceId) : ManagedIdentity.SystemAssigned;
        }
        catch (ArgumentException e)
        {
            throw ToolException.Usage(ToolWording.Of(e));
        }
    }
}
