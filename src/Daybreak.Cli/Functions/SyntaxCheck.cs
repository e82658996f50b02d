using Daybreak.Cli.LocalAws;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cli.Functions;

/// <summary>Has the interpreter of a function read its files before they are deployed.</summary>
internal static class SyntaxCheck
{
    /// <summary>Node.js reads one file per process, so that only so many are worth it.</summary>
    private const int MostNodeFiles = 16;

    private const string PythonProgram = """
        import ast, sys
        bad = 0
        for path in sys.stdin.read().split('\0'):
            try:
                with open(path, 'rb') as file:
                    compile(file.read(), path, 'exec', ast.PyCF_ONLY_AST, True)
            except SyntaxError as error:
                text = (error.text or '').strip()
                print('%s:%s: %s: %s%s' % (path, error.lineno, type(error).__name__, error.msg, '\n    ' + text if text else ''))
            except (ValueError, RecursionError, MemoryError) as error:
                print('%s: %s: %s' % (path, type(error).__name__, error))
            except OSError:
                pass
        """;

    /// <returns>What is wrong, with file and line; null: nothing was found, or the language is not checked.</returns>
    public static async Task<string?> FindErrorAsync(string runtime, IEnumerable<SourceFile> files, CancellationToken cancellation)
    {
        if (MachineRuntimes.ProgramOf(runtime) is not { } program)
            return null;
        if (runtime.StartsWith("python", StringComparison.Ordinal))
        {
            var paths = files.Where(static file => IsOf(file, ".py")).Select(static file => file.Path).ToArray();
            if (paths.Length == 0)
                return null;
            // Without the site's packages Python starts in half the time.
            string[] arguments = ["-I", "-S", "-c", PythonProgram];
            var (_, output, _) = await ToolOutput.ReadAsync(
                program,
                arguments,
                static _ => { },
                string.Join('\0', paths),
                "",
                cancellation
            );
            return output.Trim() is { Length: > 0 } found ? found : null;
        }
        if (!runtime.StartsWith("nodejs", StringComparison.Ordinal))
            return null;
        var errors = await Task.WhenAll(
            files
                .Where(static file => IsOf(file, ".js") || IsOf(file, ".mjs") || IsOf(file, ".cjs"))
                .Take(MostNodeFiles)
                .Select(file => OfNodeAsync(program, file.Path, cancellation))
        );
        var all = string.Join('\n', errors.OfType<string>());
        return all.Length > 0 ? all : null;
    }

    // Node.js writes the place, the line, a mark below it, an empty line and the error, then where in Node.js that was found.
    private static async Task<string?> OfNodeAsync(string node, string path, CancellationToken cancellation)
    {
        var (code, _, error) = await ToolOutput.ReadAsync(node, ["--check", path], static _ => { }, "", "", cancellation);
        if (code == 0 || !File.Exists(path))
            return null;
        var lines = error.Split('\n');
        var text = lines.FirstOrDefault(static line => line.StartsWith("SyntaxError", StringComparison.Ordinal)) ?? "SyntaxError";
        return lines.Length > 1 ? $"{lines[0].Replace("file://", "", StringComparison.Ordinal)}: {text}\n    {lines[1].Trim()}" : error;
    }

    private static bool IsOf(SourceFile file, string extension) =>
        file.Link is null && file.Name.EndsWith(extension, StringComparison.Ordinal);
}
