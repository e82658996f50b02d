using System.Globalization;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>
/// The shell commands that a sandbox reads from standard input: they set limits and the environment, and start the runtime. The
/// environment is not set for the programs in between, since a function's LD_PRELOAD would run in them, outside of the sandbox or as
/// root; it is not passed as arguments either, which everybody can read.
/// </summary>
internal static class StartScript
{
    /// <summary>Maximum size of the script, which has to fit into a pipe.</summary>
    public const int Limit = 64 * 1024;

    private static readonly CompositeFormat Mark = CompositeFormat.Parse(ExtensionMark.Command);

    /// <param name="extensions">Programs that run beside the runtime, as children of its process.</param>
    public static byte[] Write(
        IReadOnlyDictionary<string, string> variables,
        IEnumerable<string> command,
        IEnumerable<string> extensions,
        int? processes,
        int? dataMegabytes
    )
    {
        var script = new StringBuilder();
        script.Append("ulimit -c 0; ulimit -n 1024\n");
        // The option is -u in bash and -p in dash.
        if (processes is { } limit)
            script.Append(CultureInfo.InvariantCulture, $"ulimit -u {limit} 2>/dev/null || ulimit -p {limit}\n");
        if (dataMegabytes is { } data)
            script.Append(CultureInfo.InvariantCulture, $"ulimit -d {data * 1024L}\n");
        foreach ((var name, var value) in variables)
        {
            if (!IsName(name) || value.Contains('\0', StringComparison.Ordinal))
                throw new ArgumentException($"'{name}' cannot be set as an environment variable.", nameof(variables));
            script.Append("export ").Append(name).Append('=');
            AppendQuoted(script, value);
            script.Append('\n');
        }

        // A shell of its own tells when the extension has ended. Extensions write to standard error, and the runtime to standard output.
        var index = 0;
        foreach (var extension in extensions)
        {
            script.Append("{ ");
            AppendQuoted(script, extension);
            script.Append(" </dev/null; ").AppendFormat(CultureInfo.InvariantCulture, Mark, index++).Append("; } >&2 &\n");
        }

        // The shell has read this line entirely when it starts the program, so that the function cannot read the rest of the script.
        script.Append("exec");
        if (variables.ContainsKey("AWS_LAMBDA_EXEC_WRAPPER"))
            script.Append(" \"$AWS_LAMBDA_EXEC_WRAPPER\"");
        foreach (var word in command)
        {
            script.Append(' ');
            AppendQuoted(script, word);
        }

        script.Append(index == 0 ? " </dev/null\n" : " </dev/null 2>&1\n");
        return Encoding.UTF8.GetBytes(script.ToString());
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static void AppendQuoted(StringBuilder script, string value) =>
        script.Append('\'').Append(value.Replace("'", "'\\''", StringComparison.Ordinal)).Append('\'');
}
