namespace Keyless.Emulator.Faults;

/// <content>Refusals and redirects, and successes that were changed on their way.</content>
public abstract partial record Fault
{
    /// <summary>A refusal that the platform knows, in its own dialect and with its own status.</summary>
    /// <param name="reason">The reason that it gives.</param>
    public static Fault Refusal(RefusalReason reason) => new RefusalFault(reason);

    /// <summary>The platform does not know the identity.</summary>
    public static Fault IdentityNotFound() => Refusal(RefusalReason.IdentityNotFound);

    /// <summary>The host has several identities, and the request names none. One that names its identity is answered.</summary>
    public static Fault MultipleIdentities() => Refusal(RefusalReason.MultipleIdentities);

    /// <summary>Nobody knows the resource (AADSTS500011).</summary>
    public static Fault BadResource() => Refusal(RefusalReason.BadResource);

    /// <summary>An error by Entra's number, with the status and name that usually go with it.</summary>
    /// <param name="code">The number behind AADSTS, such as 7000215.</param>
    /// <param name="text">The text behind the number. Null: one that says whose error it is.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header. Null: none.</param>
    /// <param name="claims">A claims challenge, as JSON, for the client to ask with the next time. Null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static Fault EntraError(int code, string? text = null, RetryAfter? retryAfter = null, string? claims = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 1);
        return EntraErrorFault.Of(code, text, retryAfter, claims);
    }

    /// <summary>A redirect to another address of this machine.</summary>
    /// <param name="to">The address. Null: the one that was asked, without end.</param>
    /// <param name="status">301, 302, 303, 307 or 308.</param>
    /// <exception cref="ArgumentException">The address is not of this machine, or the status is no redirect.</exception>
    public static Fault Redirect(Uri? to = null, int status = 302) => RedirectFault.Of(status, to?.AbsoluteUri ?? RedirectFault.Itself);

    /// <summary>A redirect to the same address by plain HTTP.</summary>
    /// <param name="status">301, 302, 303, 307 or 308.</param>
    /// <exception cref="ArgumentException">The status is no redirect.</exception>
    public static Fault RedirectToHttp(int status = 302) => RedirectFault.Of(status, RedirectFault.Http);

    /// <summary>A success whose body is not the JSON that it should be.</summary>
    /// <param name="flaw">What is wrong with it.</param>
    public static Fault Body(BodyFlaw flaw) => new BodyFault(flaw);

    /// <summary>A success whose headers do not say what its body is.</summary>
    /// <param name="flaw">What is wrong with them.</param>
    public static Fault ContentType(ContentFlaw flaw) => new ContentTypeFault(flaw);

    /// <summary>A web page in place of every success, as behind a captive portal.</summary>
    public static Fault CaptivePortal() => ContentType(ContentFlaw.Portal);

    /// <summary>A token's answer in which one field is not as it should be.</summary>
    /// <param name="flaw">What is wrong with it.</param>
    public static Fault Field(FieldFlaw flaw) => new FieldFault(flaw);

    /// <summary>A challenge of Azure Arc that no client should take up.</summary>
    /// <param name="flaw">What is wrong with it.</param>
    public static Fault ArcChallenge(ArcFlaw flaw) => new ArcChallengeFault(flaw);

    /// <summary>A key set that validators cannot work with.</summary>
    /// <param name="flaw">What is wrong with it.</param>
    public static Fault Keys(KeysFlaw flaw) => new KeysFault(flaw);

    /// <summary>A discovery document that does not fit its issuer.</summary>
    /// <param name="flaw">What is wrong with it.</param>
    public static Fault Discovery(DiscoveryFlaw flaw) => new DiscoveryFault(flaw);
}
