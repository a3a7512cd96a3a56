#nullable disable annotations

namespace Keyless.Msal;

/// <summary>What requests can do besides.</summary>
public static class AcquireTokenParameterBuilderExtensions
{
    /// <summary>Keeps the request's token apart from those of requests with other partitions, or none. Not sent.</summary>
    /// <param name="builder">The request.</param>
    /// <param name="key">The name of the partition's key; repeated calls with several names add up.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The request.</typeparam>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is blank.</exception>
    public static T WithCachePartitionKey<T>(this BaseAbstractAcquireTokenParameterBuilder<T> builder, string key, string value)
        where T : BaseAbstractAcquireTokenParameterBuilder<T>
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(value);
        return builder.PartitionBy(key, value);
    }

    /// <inheritdoc cref="WithCachePartitionKey{T}(BaseAbstractAcquireTokenParameterBuilder{T}, string, string)"/>
    /// <param name="builder">The request.</param>
    /// <param name="key">The name of the partition's key; repeated calls with several names add up.</param>
    /// <param name="value">Its value.</param>
    /// <param name="partitionRefreshToken">Changes nothing: managed identities have no refresh tokens.</param>
    public static T WithCachePartitionKey<T>(this BaseAbstractAcquireTokenParameterBuilder<T> builder, string key, string value, bool partitionRefreshToken)
        where T : BaseAbstractAcquireTokenParameterBuilder<T> => builder.WithCachePartitionKey(key, value);
}
