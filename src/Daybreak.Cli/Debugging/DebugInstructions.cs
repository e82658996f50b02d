using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daybreak.Cli.Debugging;

/// <summary>Tells a developer how to start the function in a debugger.</summary>
internal static class DebugInstructions
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(DebugStart start, DebugFiles files, string directory)
    {
        var text = new StringBuilder();
        text.Append($"{start.Function} ({start.Version}), {start.Runtime}, handler {start.Handler}: ");
        text.Append($"the Runtime API is on {start.RuntimeApi}.\n");
        text.Append("A process that asks it for events gets the calls, without a time-out. Until then, and when it ends, calls are\n");
        text.Append("served as before. Ctrl-C here ends it.\n\n");
        text.Append("The variables of the function, with the credentials of its role (also in ").Append(files.Variables).Append("):\n\n");
        foreach (var (name, value) in start.Variables)
            text.Append($"export {name}={ShellText.Quoted(value)}\n");
        text.Append("\nIn a shell that has them:\n\n");
        text.Append($"cd {ShellText.Quoted(directory)}\n{ShellText.Command(Debugger(start, files.Command))}\n");
        if (LaunchConfiguration(start, files, directory) is { } configuration)
            text.Append($"\nIn VS Code, in .vscode/launch.json, the same for every session:\n\n{configuration.ToJsonString(Readable)}\n");
        text.Append("\nSQL waits 3 seconds for an answer, unless told otherwise:\n\nSET aws_lambda.request_timeout_ms = 900000;\n");
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The command with the debugger of its language.</summary>
    private static IEnumerable<string> Debugger(DebugStart start, IReadOnlyList<string> command) =>
        Language(start) switch
        {
            "python" => ["python3", "-m", "debugpy", "--listen", "127.0.0.1:5678", "--wait-for-client", .. command.Skip(1)],
            "nodejs" => ["node", "--inspect-brk=127.0.0.1:9229", .. command.Skip(1)],
            _ => command,
        };

    /// <returns>Null: VS Code has no debugger of its own for it.</returns>
    private static JsonObject? LaunchConfiguration(DebugStart start, DebugFiles files, string directory)
    {
        var (type, program, arguments) = Language(start) switch
        {
            "python" => ("debugpy", files.Command[1], files.Command.Skip(2)),
            "nodejs" => ("node", files.Command[1], files.Command.Skip(2)),
            "dotnet" => ("coreclr", files.Command[0], files.Command.Skip(1)),
            _ => (null, "", []),
        };
        if (type is null)
            return null;
        var configuration = new JsonObject
        {
            ["name"] = $"Lambda: {start.Function}",
            ["type"] = type,
            ["request"] = "launch",
            ["program"] = program,
            ["args"] = new JsonArray([.. arguments.Select(static word => (JsonNode)word)]),
            ["cwd"] = directory,
            ["envFile"] = files.Variables,
        };
        if (type != "coreclr")
            configuration["console"] = "integratedTerminal";
        return configuration;
    }

    private static string Language(DebugStart start) => start.Runtime.TrimEnd('x', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}
