using System.Text.Json;
using Keyless.Msal;

namespace Keyless.Docs.Tests.Snippets;

/// <summary>What stands in published pages, with other using lines, and what people write who come from other languages.</summary>
public sealed class MigrationSnippets
{
    private const string Orders = "22b5f906-50cf-505e-8189-7f13b2c0befc";

    [Fact]
    public async Task the_current_shape_for_the_system_assigned_identity()
    {
        // begin-snippet: msal-system-assigned
        IManagedIdentityApplication mi = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned)
            .Build();

        AuthenticationResult result = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net")
            .ExecuteAsync()
            .ConfigureAwait(false);
        // end-snippet

        Assert.Equal(3, result.AccessToken.Split('.').Length);
    }

    [Fact]
    public async Task the_current_shape_for_a_user_assigned_identity()
    {
        var userAssignedClientId = Orders;

        // begin-snippet: msal-user-assigned
        IManagedIdentityApplication mi = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(userAssignedClientId))
            .Build();

        AuthenticationResult result = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net")
            .ExecuteAsync()
            .ConfigureAwait(false);
        // end-snippet

        AssertIsOf(Orders, result);
    }

    [Fact]
    public async Task the_second_shape_for_the_system_assigned_identity()
    {
        // begin-snippet: msal-4-51-system-assigned
        IManagedIdentityApplication mi = ManagedIdentityApplicationBuilder.Create()
            .WithExperimentalFeatures()
            .Build();

        AuthenticationResult result = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net")
            .ExecuteAsync()
            .ConfigureAwait(false);
        // end-snippet

        Assert.Equal(3, result.AccessToken.Split('.').Length);
    }

    [Fact]
    public async Task the_second_shape_for_a_user_assigned_identity()
    {
        var userAssignedId = Orders;

        // begin-snippet: msal-4-51-user-assigned
        IManagedIdentityApplication mi = ManagedIdentityApplicationBuilder.Create(userAssignedId)
            .WithExperimentalFeatures()
            .Build();

        AuthenticationResult result = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net")
            .ExecuteAsync()
            .ConfigureAwait(false);
        // end-snippet

        AssertIsOf(Orders, result);
    }

    [Fact]
    public async Task the_first_shape()
    {
        var clientId = "any";
        var userAssignedId = Orders;

        // begin-snippet: msal-4-49
        IConfidentialClientApplication app = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithExperimentalFeatures()
            .Build();

        AuthenticationResult result = await app.AcquireTokenForClient(new[] { "https://vault.azure.net/.default" })
            .WithManagedIdentity(userAssignedId)
            .ExecuteAsync()
            .ConfigureAwait(false);
        // end-snippet

        AssertIsOf(Orders, result);
    }

    [Fact]
    public async Task errors_are_caught_as_before()
    {
        var mi = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId("99999999-9999-9999-9999-999999999999")).Build();
        var said = "";

        // begin-snippet: msal-catch
        try
        {
            await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();
        }
        catch (MsalServiceException e) when (e.ErrorCode == MsalError.ManagedIdentityRequestFailed)
        {
            said = $"{e.AdditionalExceptionData[MsalException.ManagedIdentitySource]} answered {e.StatusCode}: {e.ResponseBody}";
        }
        // end-snippet

        Assert.StartsWith("AppService answered 4", said);
    }

    [Theory]
    [InlineData("""{"ManagedIdentityIdType":"ClientId","Id":"22b5f906-50cf-505e-8189-7f13b2c0befc"}""", Orders)]
    [InlineData("""{"ManagedIdentityIdType":"SystemAssigned","Id":null}""", null)]
    [InlineData(null, null)]
    public async Task the_identity_comes_from_a_variable(string? json, string? expected)
    {
        var managedIdentityJson = json;

        // begin-snippet: identity-from-json
        static ManagedIdentityId FromJson(string? json)
        {
            if (string.IsNullOrEmpty(json))
                return ManagedIdentityId.SystemAssigned;

            using var document = JsonDocument.Parse(json);
            var id = document.RootElement.TryGetProperty("Id", out var given) ? given.GetString() : null;
            return document.RootElement.GetProperty("ManagedIdentityIdType").GetString() switch
            {
                "ClientId" => ManagedIdentityId.WithUserAssignedClientId(id),
                "ObjectId" => ManagedIdentityId.WithUserAssignedObjectId(id),
                "ResourceId" => ManagedIdentityId.WithUserAssignedResourceId(id),
                "SystemAssigned" or "SystemAssignedManagedIdentity" => ManagedIdentityId.SystemAssigned,
                var kind => throw new FormatException($"MANAGED_IDENTITY has an unknown ManagedIdentityIdType: '{kind}'."),
            };
        }

        // managedIdentityJson = Environment.GetEnvironmentVariable("MANAGED_IDENTITY")
        var mi = ManagedIdentityApplicationBuilder.Create(FromJson(managedIdentityJson)).Build();
        // end-snippet

        var result = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync(TestContext.Current.CancellationToken);
        if (expected is not null)
            AssertIsOf(expected, result);
        Assert.Throws<FormatException>(() => FromJson("""{"ManagedIdentityIdType":"Else"}"""));
    }

    [Fact]
    public async Task the_calls_of_other_languages()
    {
        // begin-snippet: msal-other-languages
        var mi = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId("22b5f906-50cf-505e-8189-7f13b2c0befc")).Build();

        var result = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();

        Console.WriteLine($"{result.TokenType} token until {result.ExpiresOn:u} from {result.AuthenticationResultMetadata.TokenSource}");
        // end-snippet

        AssertIsOf(Orders, result);
    }

    private static void AssertIsOf(string clientId, AuthenticationResult result)
    {
        using var payload = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(result.AccessToken.Split('.')[1]));
        Assert.Equal(clientId, payload.RootElement.GetProperty("appid").GetString());
    }
}
