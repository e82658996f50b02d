using Mono.Cecil;

namespace Daybreak.Architecture.Tests;

/// <summary>Which room of an assembly a type is in: the first folder below the project, which is the first part of its namespace.</summary>
internal static class Room
{
    /// <summary>The room of what lies beside the project file: <c>Program</c>, the host.</summary>
    public const string Root = "the root";

    /// <summary>Null for what the compiler makes and for types of other assemblies.</summary>
    /// <param name="project">The namespace of the whole project: <c>Daybreak.Cloud</c>.</param>
    public static string? Of(TypeReference type, string project)
    {
        var outermost = Outermost(type);
        if (outermost.Scope is AssemblyNameReference || outermost.Name.StartsWith('<'))
            return null;
        var name = outermost.Namespace;
        if (name == project || name.Length == 0)
            return Root;
        return name.StartsWith(project + ".", StringComparison.Ordinal) ? name[(project.Length + 1)..].Split('.')[0] : null;
    }

    public static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type;
    }
}
