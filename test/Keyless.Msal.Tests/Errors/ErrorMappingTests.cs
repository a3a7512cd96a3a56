using System.Net;
using Keyless.Msal.Errors;
using Keyless.Msal.Tests.Support;
using Keyless.Testing;

namespace Keyless.Msal.Tests.Errors;

/// <summary>The table of errors, and what exceptions carry.</summary>
public sealed class ErrorMappingTests
{
    [Fact]
    public void Every_kind_has_a_row_in_order_with_the_cores_code()
    {
        Assert.Equal(Enum.GetValues<FailureKind>(), ErrorMapping.Table.Select(row => row.Kind));
        Assert.All(ErrorMapping.Table, row => Assert.Equal(FailureGuide.For(row.Kind).ErrorCode, row.Code));
    }

    [Fact]
    public void Every_kind_is_thrown_as_its_row_says()
    {
        Assert.All(ErrorMapping.Table, row =>
        {
            var thrown = ErrorMapping.ToException(new TokenFailure(row.Kind, "text") { Source = SourceKind.Imds }, correlationId: null, TimeSpan.Zero);
            Assert.Equal(row.Code, thrown.ErrorCode);
            Assert.Equal(row.IsClientException, thrown is MsalClientException);
            Assert.Equal(FailureGuide.For(row.Kind).IsTransient, thrown.IsRetryable);
            Assert.StartsWith("[Managed Identity] ", thrown.Message);
            Assert.True(Guid.TryParse(thrown.CorrelationId, out _));
            Assert.Equal(row.IsClientException ? null : "Imds", thrown.AdditionalExceptionData.GetValueOrDefault(MsalException.ManagedIdentitySource));
        });
    }

    [Fact]
    public void A_failure_with_a_more_exact_code_is_a_service_exception_of_that_code()
    {
        var thrown = ErrorMapping.ToException(new TokenFailure(FailureKind.InvalidExpiry, "text") { ErrorCode = "managed_identity_request_failed" }, correlationId: null, TimeSpan.Zero);

        Assert.IsType<MsalServiceException>(thrown);
        Assert.Equal("managed_identity_request_failed", thrown.ErrorCode);
    }

    [Fact]
    public async Task Body_and_headers_are_passed_on_without_secrets()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(Reply.Json(400, """{"message":"open-sesame is wrong","access_token":"leaked-token"}""", ("x-echo", "open-sesame"), ("x-request", "r-1")));
        var given = Guid.NewGuid();

        var thrown = await Assert.ThrowsAsync<MsalServiceException>(
            () => scene.App().AcquireTokenForManagedIdentity(MsalScene.Resource).WithCorrelationId(given).ExecuteAsync(MsalScene.Cancellation));

        Assert.Equal(400, thrown.StatusCode);
        Assert.Equal("""{"message":"*** is wrong","access_token":"***"}""", thrown.ResponseBody);
        Assert.Equal("***", Assert.Single(thrown.Headers.GetValues("x-echo")));
        Assert.Equal("r-1", Assert.Single(thrown.Headers.GetValues("x-request")));
        Assert.Equal(given.ToString("D"), thrown.CorrelationId);
        Assert.DoesNotContain("sesame", thrown.ToString());
        Assert.Equal(scene.Variables["IDENTITY_ENDPOINT"], thrown.AuthenticationResultMetadata.TokenEndpoint);
    }

    [Fact]
    public void An_exception_survives_json()
    {
        var failure = new TokenFailure(FailureKind.Throttled, "text") { Source = SourceKind.AppService, StatusCode = HttpStatusCode.TooManyRequests };
        var thrown = ErrorMapping.ToException(failure, Guid.NewGuid(), TimeSpan.Zero);

        var read = Assert.IsType<MsalServiceException>(MsalException.FromJsonString(thrown.ToJsonString()));

        Assert.Equal(thrown.ErrorCode, read.ErrorCode);
        Assert.Equal(thrown.Message, read.Message);
        Assert.Equal(thrown.CorrelationId, read.CorrelationId);
        Assert.Equal(429, read.StatusCode);
        Assert.True(read.IsRetryable);
        Assert.Equal("AppService", read.AdditionalExceptionData[MsalException.ManagedIdentitySource]);
    }

    [Fact]
    public void The_next_step_names_the_members_of_this_api()
    {
        var failure = new TokenFailure(FailureKind.IdentityNotConfigurable, "text") { NextStep = "Name the identity by ManagedIdentity.FromObjectId." };

        var thrown = ErrorMapping.ToException(failure, correlationId: null, TimeSpan.Zero);

        Assert.Contains("ManagedIdentityId.WithUserAssignedObjectId", thrown.Message);
    }

    [Fact]
    public async Task What_an_applications_own_client_throws_beyond_the_ordinary_is_wrapped()
    {
        await using var scene = new MsalScene();
        var app = scene.App(builder => builder.WithHttpClientFactory(new BrokenFactory()));

        var thrown = await Assert.ThrowsAsync<MsalServiceException>(() => app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation));

        Assert.Equal(MsalError.ManagedIdentityRequestFailed, thrown.ErrorCode);
        Assert.IsType<InvalidOperationException>(thrown.InnerException);
    }

    private sealed class BrokenFactory : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => null!;
    }
}
