namespace Keyless.Msal.Errors;

/// <summary>How one kind of failure is thrown.</summary>
/// <param name="Kind">The core's kind.</param>
/// <param name="Code">The error code. A failure that carries a more exact one is thrown with that, as a service exception.</param>
/// <param name="IsClientException">Whether it is a <see cref="MsalClientException"/>; otherwise a
/// <see cref="MsalServiceException"/>.</param>
/// <param name="InMsal">What MSAL.NET does in the same case, where that differs; empty: the same.</param>
internal sealed record ErrorRow(FailureKind Kind, string Code, bool IsClientException = false, string InMsal = "");
