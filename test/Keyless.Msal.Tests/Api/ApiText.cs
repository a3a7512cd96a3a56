using System.Globalization;
using System.Reflection;

namespace Keyless.Msal.Tests.Api;

/// <summary>A type's public members as text without namespaces, so that two assemblies' can be compared.</summary>
internal static class ApiText
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Name of the type and of the member, then all that callers depend on.</summary>
    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{type.Name}.{name} = {Enum.Format(type, Enum.Parse(type, name), "D")}{Obsolete(type.GetField(name)!)}");
        if (type.IsSubclassOf(typeof(Delegate)))
            return [$"{type.Name}.Invoke{Describe(type.GetMethod("Invoke")!)}"];

        // What a base class of their library declares is declared by ours, too: bases are compared with their own names.
        return
        [
            .. type.GetConstructors(Public).Select(constructor => $"{type.Name}.new({Parameters(constructor)})"),
            .. type.GetFields(Public).Select(field => $"{type.Name}.{field.Name} = {(field.IsLiteral ? field.GetRawConstantValue() : "?")}"),
            .. type.GetProperties(Public).Select(property => $"{type.Name}.{property.Name} {{{Accessors(property)}}} {Name(property.PropertyType)}{Obsolete(property)}"),
            .. type.GetMethods(Public).Where(method => !method.IsSpecialName && !IsOfObject(method)).Select(method => $"{type.Name}.{method.Name}{Describe(method)}{Obsolete(method)}"),
        ];
    }

    public static string Base(Type type) => type.IsEnum ? "enum" : type.BaseType is null || type.BaseType == typeof(object) ? "nothing" : Name(type.BaseType);

    private static string Describe(MethodInfo method) =>
        $"{(method.IsGenericMethod ? $"<{string.Join(",", method.GetGenericArguments().Select(argument => argument.Name))}>" : "")}({Parameters(method)}) {(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Convert.ToString(parameter.DefaultValue, CultureInfo.InvariantCulture) : "")}"));

    private static string Accessors(PropertyInfo property) =>
        $"{(property.GetMethod is { IsPublic: true } ? "get;" : "")}{(property.SetMethod is { IsPublic: true } ? "set;" : "")}{((property.GetMethod ?? property.SetMethod)!.IsStatic ? "static" : "")}";

    private static string Obsolete(MemberInfo member) => member.GetCustomAttribute<ObsoleteAttribute>() switch
    {
        null => "",
        { IsError: true } => " obsolete (error)",
        _ => " obsolete",
    };

    private static bool IsOfObject(MethodInfo method) => method.GetBaseDefinition().DeclaringType is { } origin && (origin == typeof(object) || origin == typeof(Exception));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value)}?";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(",", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }
}
