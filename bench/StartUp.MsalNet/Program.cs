using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

// The same token by MSAL.NET. See bench/start-up.sh.
var application = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
var result = await application.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();
Console.WriteLine(result.AccessToken.Length);
