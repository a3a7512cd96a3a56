using System.Diagnostics.CodeAnalysis;
using Keyless.Caching;

namespace Keyless.Acquisition;

/// <summary>The renewal of one token, queued as it is: no closure, and nothing of the unlucky caller's context.</summary>
internal sealed class BackgroundRefresh(TokenAcquirer acquirer, AcquisitionRequest request, ResourceTokens? tokens, TokenSlot slot, TokenEntry old) : IThreadPoolWorkItem
{
    public void Execute() => _ = RunAsync();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nobody else would see it.")]
    private async Task RunAsync()
    {
        try
        {
            await acquirer.RefreshAsync(request, tokens, slot, old).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            acquirer.RefreshBroke(e);
        }
    }
}
