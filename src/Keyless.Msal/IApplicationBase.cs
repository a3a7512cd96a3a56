namespace Keyless.Msal;

/// <summary>What all applications have in common: nothing that can be called.</summary>
public interface IApplicationBase;
