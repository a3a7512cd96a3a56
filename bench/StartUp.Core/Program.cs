using Keyless;

// One token by Keyless. See bench/start-up.sh.
var client = new ManagedIdentityClient();
var token = await client.GetTokenAsync("https://vault.azure.net");
Console.WriteLine(token.Token.Length);
