namespace Keyless.Caching;

/// <summary>What makes two requests ask for the same token.</summary>
/// <param name="Scope">Source, endpoint and whatever else the answer depends on.</param>
/// <param name="Identity">The identity.</param>
/// <param name="Resource">The resource, without <c>/.default</c>.</param>
internal readonly record struct TokenKey(string Scope, ManagedIdentity Identity, string Resource);
