using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The runtimes that AWS supported in 2026-01, when its messages were recorded.</summary>
internal static class Runtimes
{
    /// <summary>The order is that of AWS's message.</summary>
    public static readonly string[] Supported =
    [
        "nodejs20.x",
        "python3.14",
        "provided.al2023",
        "python3.12",
        "python3.13",
        "nodejs24.x",
        "nodejs22.x",
        "java25",
        "python3.10",
        "python3.11",
        "java21",
        "ruby3.3",
        "ruby3.4",
        "ruby3.2",
        "python3.8",
        "python3.9",
        "java17",
        "nodejs16.x",
        "dotnet10",
        "dotnet8",
        "java11",
        "dotnet6",
        "nodejs18.x",
        "provided.al2",
        "java8.al2",
    ];

    /// <summary>Whether AWS takes snapshots of functions of a runtime.</summary>
    public static bool HaveSnapStart(string runtime) =>
        runtime is "java11" or "java17" or "java21" or "java25" or "python3.12" or "python3.13" or "python3.14" or "dotnet8" or "dotnet10";

    private static readonly string[] Retired =
    [
        "nodejs",
        "nodejs4.3",
        "nodejs4.3-edge",
        "nodejs6.10",
        "nodejs8.10",
        "nodejs10.x",
        "nodejs12.x",
        "nodejs14.x",
        "python2.7",
        "python3.6",
        "python3.7",
        "ruby2.5",
        "ruby2.7",
        "java8",
        "go1.x",
        "dotnetcore1.0",
        "dotnetcore2.0",
        "dotnetcore2.1",
        "dotnetcore3.1",
        "dotnet5.0",
        "dotnet7",
        "provided",
    ];

    /// <exception cref="Aws.AwsException">AWS does not support the runtime, or this machine cannot run it.</exception>
    public static void Check(string runtime, IFunctionRuntime machine)
    {
        if (Retired.Contains(runtime))
            throw LambdaErrors.RetiredRuntime(runtime);
        if (!Supported.Contains(runtime))
            throw LambdaErrors.UnknownRuntime(runtime, Supported);
        if (machine.MissingProgram(runtime) is { } program)
            throw LambdaErrors.MissingProgram(runtime, program);
        if (!machine.Supports(runtime))
            throw Daybreak.Cloud.FrontDoor.NotImplemented.Of($"the runtime {runtime}");
    }

    /// <summary>How this machine runs them, for <c>status</c>: those that another version of their language stands in for, and those that
    /// cannot run.</summary>
    public static string Described(IFunctionRuntime machine, bool strict)
    {
        var supported = Supported.Where(machine.Supports).ToArray();
        IEnumerable<string> standIns =
        [
            .. supported
                .Select(runtime => (Runtime: runtime, StandIn: machine.StandInFor(runtime)))
                .Where(static entry => entry.StandIn is not null)
                .GroupBy(static entry => entry.StandIn, static entry => entry.Runtime)
                .Select(group =>
                    $"{(strict ? "refused, as there is only" : "on")} {group.Key}: {string.Join(", ", group.Order(StringComparer.Ordinal))}"
                ),
        ];
        string[] missing =
        [
            .. supported.Where(runtime => machine.StandInFor(runtime) is null && machine.MissingProgram(runtime) is not null),
        ];
        return string.Join(
            "; ",
            [
                "as named",
                .. standIns,
                .. missing.Length == 0 ? [] : (string[])["missing: " + string.Join(", ", missing.Order(StringComparer.Ordinal))],
            ]
        );
    }

    /// <summary>The Debian package that contains a program.</summary>
    public static string PackageOf(string program) =>
        program switch
        {
            "node" => "nodejs",
            "dotnet" => "dotnet-runtime-10.0",
            "java" or "javac" => "default-jdk-headless",
            _ when program.Split(' ') is [var language, var version] => language switch
            {
                "Node.js" => "nodejs",
                ".NET" => $"dotnet-runtime-{version}.0",
                "Java" => $"openjdk-{version}-jdk-headless",
                _ => language.ToLowerInvariant() + version,
            },
            _ => program,
        };
}
