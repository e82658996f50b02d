using Daybreak.Cloud.Lambda.Runtime.Isolation;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Finds the <c>bootstrap</c> of a <c>provided.*</c> function in its code, otherwise in its layers.</summary>
internal static class Entrypoint
{
    /// <summary>Its path on this machine; null when there is none.</summary>
    public static string? Find(FunctionVersion function, string? layers) =>
        new[] { function.CodeDirectory, layers }
            .OfType<string>()
            .Select(directory => Path.Combine(directory, "bootstrap"))
            .FirstOrDefault(File.Exists);

    /// <summary>The error when there is no bootstrap to start; null when there is one, and for other runtimes.</summary>
    public static string? Refusal(FunctionVersion function, string? layers, ISandbox sandbox)
    {
        if (!RuntimeProgram.IsProvided(function.Runtime))
            return null;
        if (Find(function, layers) is not { } path)
            return "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]";
        var directory = path.StartsWith(function.CodeDirectory, StringComparison.Ordinal) ? "/var/task" : "/opt";
        return ProgramFile.Refusal(path, name => sandbox.Locate(name, function, layers)) is { } reason
            ? $"fork/exec {directory}/bootstrap: {reason}"
            : null;
    }
}
