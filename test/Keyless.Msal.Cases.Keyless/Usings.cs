global using Keyless.Msal;
