using Daybreak.Cloud.Lambda.Runtime.Isolation;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The <c>bootstrap</c> of a <c>provided.*</c> function: in its code, else in its layers.</summary>
internal static class Entrypoint
{
    /// <summary>Where it lies on this machine; null when there is none.</summary>
    public static string? Find(FunctionVersion function, string? layers) =>
        new[] { function.CodeDirectory, layers }
            .OfType<string>()
            .Select(directory => Path.Combine(directory, "bootstrap"))
            .FirstOrDefault(File.Exists);

    /// <summary>Why there is nothing to start; null when there is, and for other runtimes.</summary>
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
