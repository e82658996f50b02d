using System.Collections.Frozen;
using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The program of this machine that runs a Lambda runtime.</summary>
/// <param name="Program">Absolute path of the program; null for <c>provided.*</c>, whose program comes with the code.</param>
/// <param name="Bootstrap">File in the runtime directory that the program runs.</param>
internal sealed record RuntimeProgram(string? Program, string? Bootstrap)
{
    // A runtime may run on another version of its language if that is what the machine has; status shows which.
    private static readonly FrozenSet<string> KnownPython = new[]
    {
        "python3.8",
        "python3.9",
        "python3.10",
        "python3.11",
        "python3.12",
        "python3.13",
        "python3.14",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> KnownNode = new[]
    {
        "nodejs12.x",
        "nodejs14.x",
        "nodejs16.x",
        "nodejs18.x",
        "nodejs20.x",
        "nodejs22.x",
        "nodejs24.x",
    }.ToFrozenSet();

    public static bool IsPython(string runtime) => KnownPython.Contains(runtime);

    public static bool IsNode(string runtime) => KnownNode.Contains(runtime);

    /// <summary>Major version in the name of a Node.js runtime.</summary>
    public static int NodeMajor(string runtime) => int.Parse(runtime["nodejs".Length..].Split('.')[0], CultureInfo.InvariantCulture);

    public static bool IsProvided(string runtime) => runtime is "provided" or "provided.al2" or "provided.al2023";

    /// <summary>The program for <paramref name="runtime"/>; null when this machine lacks it or the runtime is not supported.</summary>
    public static RuntimeProgram? Find(string runtime)
    {
        if (IsProvided(runtime))
            return new RuntimeProgram(null, null);
        var program =
            IsPython(runtime) ? InSystem(runtime) ?? InSystem("python3")
            : IsNode(runtime) ? InSystem("node") ?? InSystem("nodejs")
            : null;
        return program is null ? null : new RuntimeProgram(program, IsPython(runtime) ? "bootstrap.py" : "index.mjs");
    }

    public static bool IsSupported(string runtime) => IsPython(runtime) || IsNode(runtime) || IsProvided(runtime);

    /// <summary>Name of the program that <paramref name="runtime"/> needs and this machine lacks.</summary>
    public static string? Missing(string runtime)
    {
        if (Find(runtime) is not null)
            return null;
        if (IsPython(runtime))
            return "python3";
        if (IsNode(runtime))
            return "node";
        return runtime.StartsWith("ruby", StringComparison.Ordinal) && ProgramPath.Find("ruby") is null ? "ruby" : null;
    }

    // A link that leads out of the directories that a sandbox shows would dangle in it.
    private static string? InSystem(string name)
    {
        if (ProgramPath.Find(name) is not { } path)
            return null;
        var target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        return target.StartsWith("/usr/", StringComparison.Ordinal) || target.StartsWith("/bin/", StringComparison.Ordinal) ? path : null;
    }
}
