namespace Keyless.Emulator.Configuration;

/// <summary>What a member of the configuration holds.</summary>
internal enum MemberKind
{
    Text,
    Name,
    Secret,
    Boolean,
    Port,
    Number,
    TokenVersion,
    Id,
    Duration,
    Address,
    Choice,
    TextList,
    SecretList,
    Roles,
    Claims,
    Faults,
    Sections,
}

/// <summary>A member that an object of the configuration may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Default">What holds where it is missing, as text. Null: there is nothing to say of it.</param>
internal sealed record ShapeMember(string Name, MemberKind Kind, string? Default = null)
{
    /// <summary>Whether it must be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What a choice may be.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What each section of a list of them looks like.</summary>
    public ConfigurationShape? Section { get; init; }
}

/// <summary>What an object of the configuration may hold.</summary>
/// <param name="Name">Its name in the published schema.</param>
/// <param name="Members">Its members.</param>
internal sealed record ConfigurationShape(string Name, params IReadOnlyList<ShapeMember> Members)
{
    public ShapeMember? this[string name] => Members.FirstOrDefault(member => member.Name == name);
}
