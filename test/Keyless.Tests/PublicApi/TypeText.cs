using System.Reflection;

namespace Keyless.Tests.PublicApi;

/// <summary>Types as the language writes them, with the question mark where null may come.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    public static string Of(Type type) => Write(type, nullability: null);

    public static string Of(FieldInfo field) => Write(field.FieldType, new NullabilityInfoContext().Create(field));

    public static string Of(PropertyInfo property) => Write(property.PropertyType, new NullabilityInfoContext().Create(property));

    public static string Of(ParameterInfo parameter) => Write(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    private static string Write(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Write(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Write(value, nullability: null) + "?";

        var mark = !type.IsValueType && NullabilityState.Nullable is var may && (nullability?.ReadState == may || nullability?.WriteState == may)
            ? "?"
            : "";
        if (type.IsArray)
            return $"{Write(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        if (!type.IsGenericType)
            return (Keywords.TryGetValue(type, out var keyword) ? keyword : type.FullName ?? type.Name) + mark;

        var arguments = type.GetGenericArguments();
        var written = arguments.Select(
            (argument, i) => Write(argument, nullability?.GenericTypeArguments is { } inner && i < inner.Length ? inner[i] : null));
        return $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}<{string.Join(", ", written)}>{mark}";
    }
}
