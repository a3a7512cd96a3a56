using System.Reflection;
using System.Runtime.CompilerServices;

namespace Keyless.Tests.Conventions;

/// <summary>What holds for the whole library, whatever is added to it.</summary>
public sealed class ConventionTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly string[] Namespaces =
        ["Keyless", "Keyless.Sources", "Keyless.Pipeline", "Keyless.Caching", "Keyless.Acquisition", "Keyless.Diagnostics"];

    private static readonly Assembly Library = typeof(ManagedIdentityClient).Assembly;

    // What the compiler and its generators add is theirs.
    private static readonly Type[] Types = [.. Library.GetTypes().Where(type => !IsGenerated(type))];

    [Fact]
    public void Only_the_root_namespace_is_public() =>
        AssertNone(Types.Where(type => type.IsVisible && type.Namespace != "Keyless"));

    [Fact]
    public void Everything_lies_in_a_namespace_of_the_library() =>
        AssertNone(Types.Where(type => !Namespaces.Contains(type.Namespace)));

    [Fact]
    public void Classes_are_sealed_abstract_or_static() =>
        AssertNone(Types.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract));

    [Fact]
    public void Nothing_public_has_a_public_field() =>
        AssertNone(Types
            .Where(type => type.IsVisible && !type.IsEnum)
            .SelectMany(type => type.GetFields(Declared).Where(field => field.IsPublic)));

    [Fact]
    public void Static_fields_never_change()
    {
        var statics = Types
            .SelectMany(type => type.GetFields(Declared))
            .Where(field => field.IsStatic && !field.IsLiteral && !IsGenerated(field))
            .ToList();

        Assert.NotEmpty(statics);
        AssertNone(statics.Where(field => !field.IsInitOnly));
        AssertNone(statics.Where(field =>
            field.FieldType.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true && !field.FieldType.IsInterface));
    }

    // The backing fields of automatic properties are the compiler's, the choice to let them be set is ours.
    [Fact]
    public void Static_properties_can_not_be_set() =>
        AssertNone(
            Types.SelectMany(type => type.GetProperties(Declared)).Where(property => property.CanWrite && property.SetMethod!.IsStatic));

    [Fact]
    public void Methods_that_can_be_awaited_end_in_Async() =>
        AssertNone(Methods().Where(method => IsAwaitable(method.ReturnType) && !method.Name.EndsWith("Async", StringComparison.Ordinal)));

    [Fact]
    public void Methods_that_end_in_Async_can_be_awaited() =>
        AssertNone(Methods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsAwaitable(method.ReturnType)));

    [Fact]
    public void Public_asynchronous_methods_end_with_a_cancellation_token_that_may_be_left_out()
    {
        var methods = Methods()
            .Where(method => method.IsPublic && method.DeclaringType!.IsVisible && IsAwaitable(method.ReturnType))
            .ToList();

        Assert.NotEmpty(methods);
        AssertNone(methods.Where(method =>
            method.GetParameters() is not [.., { ParameterType: var last, HasDefaultValue: true }] || last != typeof(CancellationToken)));
    }

    [Fact]
    public void Synchronous_twins_take_what_the_asynchronous_ones_take()
    {
        foreach (var method in Methods().Where(method => method.IsPublic && method.DeclaringType!.IsVisible && method.Name == "GetToken"))
        {
            var twin = method.DeclaringType!.GetMethod(
                "GetTokenAsync",
                [.. method.GetParameters().Select(parameter => parameter.ParameterType)]);

            Assert.True(twin is not null, $"{method.DeclaringType}.{method}");
            Assert.Equal(typeof(ValueTask<>).MakeGenericType(method.ReturnType), twin.ReturnType);
        }
    }

    [Fact]
    public void Exceptions_are_of_one_type() =>
        Assert.Equal(typeof(ManagedIdentityException), Assert.Single(Types, type => type.IsSubclassOf(typeof(Exception))));

    [Fact]
    public void Names_say_what_things_are()
    {
        string[] empty = ["Utils", "Utilities", "Helper", "Helpers", "Manager", "Common", "Misc", "Stuff"];

        AssertNone(Types.Where(type => empty.Any(name => type.Name.EndsWith(name, StringComparison.Ordinal))));
    }

    [Fact]
    public void The_library_needs_the_platform_and_the_abstractions_of_logging_only()
    {
        var references = Library.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();

        Assert.Contains("Microsoft.Extensions.Logging.Abstractions", references);
        AssertNone(references.Where(name => !IsPlatform(name) && name != "Microsoft.Extensions.Logging.Abstractions"));

        // By the platform's own directory and not by the name alone.
        var platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        AssertNone(references.Where(name => IsPlatform(name) && !File.Exists(Path.Combine(platform, name + ".dll"))));

        static bool IsPlatform(string name) => name.StartsWith("System.", StringComparison.Ordinal);
    }

    private static IEnumerable<MethodInfo> Methods() =>
        Types.SelectMany(type => type.GetMethods(Declared)).Where(method => !IsGenerated(method));

    private static bool IsAwaitable(Type type)
    {
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return open == typeof(Task) || open == typeof(ValueTask) || open == typeof(Task<>) || open == typeof(ValueTask<>);
    }

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || member.Name.Contains('<', StringComparison.Ordinal)
        || (member is Type { Namespace: null or "System.Runtime.CompilerServices" or "Microsoft.CodeAnalysis" })
        || (member.DeclaringType is { } declaring && IsGenerated(declaring));

    private static void AssertNone(IEnumerable<object> offenders) => Assert.Equal("", string.Join('\n', offenders.Select(Name)));

    private static string Name(object offender) =>
        offender is MemberInfo { DeclaringType: { } type } member ? $"{type}: {member}" : $"{offender}";
}
