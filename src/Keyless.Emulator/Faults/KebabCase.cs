using System.Text.Json;

namespace Keyless.Emulator.Faults;

/// <summary>The members of enumerations as JSON names them: <c>ByteOrderMark</c> is <c>byte-order-mark</c>.</summary>
internal static class KebabCase
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Reads a member's name, in any case. Null: there is none of that name.</summary>
    public static T? Parse<T>(string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(Of(value), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>All names, for messages.</summary>
    public static string List<T>()
        where T : struct, Enum => string.Join(", ", Array.ConvertAll(Enum.GetValues<T>(), Of));
}
