using System.Globalization;

namespace Keyless.Tests;

/// <summary>Another culture for as long as it is held.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    // By name and not from the cache, so that what the machine's settings override does not matter.
    public CultureScope(string name) => CultureInfo.CurrentCulture = new CultureInfo(name, useUserOverride: false);

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
