namespace SameCode;

/// <summary>A name and what is done under it.</summary>
internal static class Case
{
    public static (string Name, Func<Scene, Report, Task> Body) Of(string name, Func<Scene, Report, Task> body) => (name, body);
}
