using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Keyless.Tests.PublicApi;

/// <summary>Writes the public types of an assembly and their members, one a line, in an order of their own.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static IEnumerable<string> Print(Assembly assembly) => assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(Describe(type)));

    private static string Describe(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? IsReadOnly(type) ? "readonly struct" : "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsSealed ? "sealed class"
            : type.IsAbstract ? "abstract class"
            : "class";
        var bases = type.IsEnum ? [] : new[] { type.BaseType }
            .Where(parent => parent is not null && parent != typeof(object) && parent != typeof(ValueType))
            .Concat(type.GetInterfaces())
            .Select(parent => TypeText.Of(parent!))
            .ToList();
        return $"{type.FullName} ({kind}){(bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{type.FullName}.{name} = {Enum.Format(type, Enum.Parse(type, name), "D")}");
        }

        return
        [
            .. type.GetConstructors(Declared).Where(IsVisible).Select(
                constructor => $"{type.FullName}.{type.Name}({Parameters(constructor)}){(constructor.IsPublic ? "" : " -> protected")}"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(
                field => $"{type.FullName}.{field.Name} -> {TypeText.Of(field)}"),
            .. type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible)).Select(Describe),
            .. type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(
                e => $"{type.FullName}.{e.Name} -> event {TypeText.Of(e.EventHandlerType!)}"),
            .. type.GetMethods(Declared).Where(IsMember).Select(Describe),
        ];
    }

    private static string Describe(PropertyInfo property)
    {
        var accessors = property.GetMethod is { } get && IsVisible(get) ? "get" : "";
        if (property.SetMethod is { } set && IsVisible(set))
            accessors += set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? ", init" : ", set";
        var modifiers = Modifiers(property.GetAccessors(nonPublic: true)[0]);
        return $"{property.DeclaringType!.FullName}.{property.Name} {{ {accessors} }} -> {modifiers}{TypeText.Of(property)}";
    }

    private static string Describe(MethodInfo method) =>
        $"{method.DeclaringType!.FullName}.{method.Name}({Parameters(method)}) -> {Modifiers(method)}{TypeText.Of(method.ReturnParameter)}";

    private static string Modifiers(MethodBase method) => method.IsPublic ? Binding(method) : $"protected {Binding(method)}";

    private static string Binding(MethodBase method) =>
        method.IsStatic ? "static "
        : method.DeclaringType!.IsInterface || !method.IsVirtual || method.IsFinal ? ""
        : method.IsAbstract ? "abstract "
        : method is MethodInfo info && info.GetBaseDefinition() != info ? "override "
        : "virtual ";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Direction(parameter)}{TypeText.Of(parameter)} {parameter.Name}{Default(parameter)}"));

    private static string Direction(ParameterInfo parameter) => parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "";

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? "" : parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? " = default" : " = null",
        string text => $" = \"{text}\"",
        bool flag => flag ? " = true" : " = false",
        var value => string.Create(CultureInfo.InvariantCulture, $" = {value}"),
    };

    // Accessors are told with their properties; what a record's copying needs has no name that can be called.
    private static bool IsMember(MethodInfo method) =>
        IsVisible(method)
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false);
}
