using System.Reflection;
using Keyless.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Keyless.Tests.Diagnostics;

/// <summary>Log messages are found by their ids: these never change their meaning.</summary>
public sealed class LogTests
{
    private static readonly (int Id, LogLevel Level, string Name)[] Expected =
    [
        (1, LogLevel.Debug, "Asking"),
        (2, LogLevel.Information, "Acquired"),
        (3, LogLevel.Information, "Retrying"),
        (4, LogLevel.Debug, "Reconnecting"),
        (5, LogLevel.Warning, "Failed"),
        (6, LogLevel.Information, "Absent"),
        (7, LogLevel.Warning, "RefreshFailed"),
        (8, LogLevel.Error, "RefreshBroke"),
        (9, LogLevel.Warning, "LifetimeClamped"),
        (10, LogLevel.Warning, "NotVerified"),
        (11, LogLevel.Debug, "ReadingKey"),
    ];

    private static readonly (MethodInfo Method, LoggerMessageAttribute Message)[] Messages =
    [
        .. from method in typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.Static)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           orderby message.EventId
           select (method, message),
    ];

    [Fact]
    public void Every_message_keeps_its_id_and_its_level() =>
        Assert.Equal(Expected, Messages.Select(message => (message.Message.EventId, message.Message.Level, message.Method.Name)));

    // A token or a header would have to pass through a parameter.
    [Fact]
    public void No_message_takes_anything_that_could_hold_a_secret()
    {
        Type[] harmless =
        [
            typeof(ILogger), typeof(SourceKind), typeof(ManagedIdentity), typeof(AcquisitionReason), typeof(FailureKind),
            typeof(TokenFailure), typeof(Guid), typeof(TimeSpan), typeof(DateTimeOffset), typeof(int), typeof(int?), typeof(Exception),
        ];
        var texts = Messages
            .SelectMany(message => message.Method.GetParameters())
            .Where(parameter => !harmless.Contains(parameter.ParameterType));

        Assert.Equal(
            "endpoint, resource",
            string.Join(", ", texts.Select(parameter => parameter.Name).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_category_is_the_clients() => Assert.Equal(Log.Category, typeof(ManagedIdentityClient).FullName);
}
