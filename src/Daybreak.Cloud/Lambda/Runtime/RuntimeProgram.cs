using System.Collections.Frozen;
using System.Globalization;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The program of this machine that runs a Lambda runtime.</summary>
/// <param name="Program">Absolute path of the program; null for <c>provided.*</c>, whose program comes with the code.</param>
/// <param name="Bootstrap">File in the runtime directory that the program runs; of Java the directory of its classes.</param>
/// <param name="Version">Version of the language; null when it is not known from files (Node.js) or there is none.</param>
internal sealed record RuntimeProgram(string? Program, string? Bootstrap, string? Version)
{
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

    private static readonly FrozenSet<string> KnownDotnet = new[] { "dotnet6", "dotnet8", "dotnet10" }.ToFrozenSet();

    private static readonly FrozenSet<string> KnownRuby = new[] { "ruby3.2", "ruby3.3", "ruby3.4" }.ToFrozenSet();

    private static readonly FrozenSet<string> KnownJava = new[] { "java17", "java21", "java25" }.ToFrozenSet();

    public static bool IsPython(string runtime) => KnownPython.Contains(runtime);

    public static bool IsNode(string runtime) => KnownNode.Contains(runtime);

    public static bool IsDotnet(string runtime) => KnownDotnet.Contains(runtime);

    public static bool IsRuby(string runtime) => KnownRuby.Contains(runtime);

    public static bool IsJava(string runtime) => KnownJava.Contains(runtime);

    /// <summary>Major version in the name of a Node.js runtime.</summary>
    public static int NodeMajor(string runtime) => int.Parse(VersionIn(runtime), CultureInfo.InvariantCulture);

    public static bool IsProvided(string runtime) => runtime is "provided" or "provided.al2" or "provided.al2023";

    /// <summary>The name of the language of a runtime, for people; null for <c>provided.*</c> and what is not supported.</summary>
    public static string? LanguageOf(string runtime) =>
        IsPython(runtime) ? "Python"
        : IsNode(runtime) ? "Node.js"
        : IsDotnet(runtime) ? ".NET"
        : IsRuby(runtime) ? "Ruby"
        : IsJava(runtime) ? "Java"
        : null;

    /// <summary>The version of the language in a runtime's name: <c>3.12</c>, <c>22</c>.</summary>
    public static string VersionIn(string runtime) =>
        runtime[runtime.AsSpan().IndexOfAnyInRange('0', '9')..].Replace(".x", "", StringComparison.Ordinal);

    /// <summary>The program for <paramref name="runtime"/>, of the nearest version; null when this machine lacks it or the runtime is not
    /// supported.</summary>
    public static RuntimeProgram? Find(string runtime)
    {
        if (IsProvided(runtime))
            return new RuntimeProgram(null, null, null);
        var (program, bootstrap) =
            IsPython(runtime) ? (InstalledProgram.Python(Number(VersionIn(runtime)[2..])), "bootstrap.py")
            : IsNode(runtime) ? (InstalledProgram.Node(), "index.mjs")
            : IsDotnet(runtime) ? (InstalledProgram.Dotnet(Number(VersionIn(runtime))), "Daybreak.DotnetRuntime.dll")
            : IsRuby(runtime) ? (InstalledProgram.Ruby(Number(VersionIn(runtime)[2..])), "bootstrap.rb")
            : IsJava(runtime) ? (InstalledProgram.Java(Number(VersionIn(runtime))), "java")
            : (null, "");
        return program is null ? null : new RuntimeProgram(program.Path, bootstrap, program.Version);
    }

    public static bool IsSupported(string runtime) => IsProvided(runtime) || LanguageOf(runtime) is not null;

    /// <summary>Name of the program that <paramref name="runtime"/> needs and this machine lacks.</summary>
    public static string? Missing(string runtime) =>
        Find(runtime) is not null
            ? IsJava(runtime) && InstalledProgram.JavaCompiler() is null
                ? "javac"
                : null
            : IsPython(runtime)
                ? "python3"
                : IsNode(runtime)
                    ? "node"
                    : IsDotnet(runtime)
                        ? "dotnet"
                        : IsRuby(runtime)
                            ? "ruby"
                            : IsJava(runtime)
                                ? "java"
                                : null;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
