using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cli.Debugging;

/// <summary>
/// What an editor's configuration can name once and for all: the variables of the running session, in a file that nobody else can read, and
/// a link to the runtime, whose directory differs with each start of the local AWS. Both are gone after the session.
/// </summary>
internal sealed class DebugFiles : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _directory;

    public DebugFiles(DebugStart start)
    {
        _directory = Path.Combine(Path.GetDirectoryName(NodePackages.DefaultDirectory)!, "debug", start.Function);
        Remove(); // of a session that was killed
        Directory.CreateDirectory(_directory, Own);
        Variables = Path.Combine(_directory, "env");
        Runtime = Path.Combine(_directory, "runtime");
        using (
            var file = new FileStream(
                Variables,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        using (var writer = new StreamWriter(file))
        {
            foreach (var (name, value) in start.Variables)
                writer.Write($"{name}={ShellText.Quoted(value)}\n");
        }
        File.CreateSymbolicLink(Runtime, start.RuntimeDirectory);
        Command =
        [
            .. start.Command.Select(word =>
                word.StartsWith(start.RuntimeDirectory + "/", StringComparison.Ordinal)
                    ? Runtime + word[start.RuntimeDirectory.Length..]
                    : word
            ),
        ];
    }

    /// <summary>Path of the file with the variables.</summary>
    public string Variables { get; }

    /// <summary>The session's command, by the link.</summary>
    public IReadOnlyList<string> Command { get; }

    private string Runtime { get; }

    public void Dispose() => Remove();

    private void Remove()
    {
        try
        {
            Directory.Delete(_directory, recursive: true); // the link itself, not what it leads to
        }
        catch (DirectoryNotFoundException)
        {
            // There was none.
        }
    }
}
