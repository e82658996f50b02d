namespace Daybreak.Cloud.Processes;

/// <summary>Receives a child's output. It runs on the thread that serves all children, so it must neither block nor throw.</summary>
public delegate void ChildOutput(ReadOnlySpan<byte> chunk);

/// <summary>The program to start, and how to start it.</summary>
public sealed record ChildStart
{
    /// <summary>Absolute path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments after the program's name. Every user of the machine can see them, so they must never contain secrets.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment of the child; nothing is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Working directory; null: the root directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Another user to run as; needs root.</summary>
    public ChildUser? User { get; init; }

    /// <summary>
    /// Whether the kernel sends SIGQUIT instead of SIGKILL when we end: PostgreSQL then ends its children and removes its shared memory.
    /// </summary>
    public bool QuitsWithItsParent { get; init; }

    /// <summary>Receives standard output; null: /dev/null.</summary>
    public ChildOutput? StandardOutput { get; init; }

    /// <summary>Receives standard error; null: /dev/null.</summary>
    public ChildOutput? StandardError { get; init; }

    /// <summary>Whether standard error goes into the pipe of standard output, so that the two stay in order.</summary>
    public bool ErrorIntoOutput { get; init; }

    /// <summary>Bytes for standard input, at most the size of a pipe (64 KiB); the child then reads end of file. Null: /dev/null.</summary>
    public ReadOnlyMemory<byte>? StandardInput { get; init; }

    /// <summary>A file that the program has open for reading as descriptor 3; null: none.</summary>
    public string? OpenFile { get; init; }

    /// <summary>The network that the child is in; null: this machine's.</summary>
    public NetworkNamespace? Network { get; init; }

    /// <summary>Whether the program itself asks the kernel for a parent-death signal (bubblewrap's <c>--die-with-parent</c>).</summary>
    public bool WatchesItsParent { get; init; }

    /// <summary>
    /// An entry (<c>NAME=value</c>) that only this program's environment has: it identifies descendants that left the group, which then end
    /// with the child. Null: such descendants continue. Needs <see cref="Orphans.BecomeOurs"/>.
    /// </summary>
    public string? Mark { get; init; }

    /// <summary>The user that owns the output pipes, if the program changes its user by itself, so that it may open /dev/stdout.</summary>
    public uint? PipeOwner { get; init; }
}
