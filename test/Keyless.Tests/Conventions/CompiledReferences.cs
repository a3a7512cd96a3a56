using System.Reflection;
using System.Reflection.Emit;

namespace Keyless.Tests.Conventions;

/// <summary>Every type that a type's compiled code mentions: in its declaration, in signatures, and in what its methods do.</summary>
internal static class CompiledReferences
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<Type> Of(Type type)
    {
        IEnumerable<Type?> mentioned =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(Declared).SelectMany(Mentioned),
            .. type.GetConstructors(Declared).SelectMany(Mentioned),
            .. type.GetMethods(Declared).SelectMany(Mentioned),
            .. type.GetConstructors(Declared).SelectMany(Body),
            .. type.GetMethods(Declared).SelectMany(Body),
        ];
        return mentioned.OfType<Type>().SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type> Mentioned(MemberInfo? member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.FieldType, .. Mentioned(field.DeclaringType)],
        MethodInfo method =>
            [method.ReturnType, .. Parameters(method), .. method.GetGenericArguments(), .. Mentioned(method.DeclaringType)],
        ConstructorInfo constructor => [.. Parameters(constructor), .. Mentioned(constructor.DeclaringType)],
        _ => [],
    };

    private static IEnumerable<Type> Parameters(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    // A generic type's arguments, an array's elements.
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        return type.IsConstructedGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            return [];

        var types = new List<Type>(body.LocalVariables.Select(local => local.LocalType));
        types.AddRange(body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType!));

        var code = body.GetILAsByteArray()!;
        for (var at = 0; at < code.Length;)
        {
            var opCode = OpCodesByValue[code[at] == 0xfe ? (short)(0xfe00 | code[at + 1]) : code[at]];
            at += opCode.Size;
            if (NamesMember(opCode))
                types.AddRange(Mentioned(Resolve(method, BitConverter.ToInt32(code, at))));
            at += OperandSize(opCode, code, at);
        }

        return types;
    }

    private static bool NamesMember(OpCode opCode) => opCode.OperandType
        is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok;

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static int OperandSize(OpCode opCode, byte[] code, int at) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
