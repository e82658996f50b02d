namespace Daybreak.Cloud.Processes;

/// <summary>Takes what a child wrote. Runs on the thread that serves all children: it must neither block nor throw.</summary>
public delegate void ChildOutput(ReadOnlySpan<byte> chunk);

/// <summary>What to start, and how.</summary>
public sealed record ChildStart
{
    /// <summary>Absolute path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments after the program's name. Visible to every user of the machine: never secrets.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment of the child; nothing is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Working directory; the root directory when null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Another user to run as; needs root.</summary>
    public ChildUser? User { get; init; }

    /// <summary>The kernel sends SIGQUIT instead of SIGKILL when we die: PostgreSQL then ends its own children and memory.</summary>
    public bool QuitsWithItsParent { get; init; }

    /// <summary>Receives standard output; null: /dev/null.</summary>
    public ChildOutput? StandardOutput { get; init; }

    /// <summary>Receives standard error; null: /dev/null.</summary>
    public ChildOutput? StandardError { get; init; }

    /// <summary>Standard error goes into the pipe of standard output, so that the two stay in order.</summary>
    public bool ErrorIntoOutput { get; init; }

    /// <summary>Bytes for standard input, at most what a pipe holds (64 KiB); then the child reads end of file. Null: /dev/null.</summary>
    public ReadOnlyMemory<byte>? StandardInput { get; init; }

    /// <summary>A file that the program has open for reading as descriptor 3; null: none.</summary>
    public string? OpenFile { get; init; }

    /// <summary>The program asks the kernel for a parent-death signal itself (bubblewrap's <c>--die-with-parent</c>).</summary>
    public bool WatchesItsParent { get; init; }

    /// <summary>
    /// An entry (<c>NAME=value</c>) that the program's environment has and that of no other child: descendants that left the group are
    /// found by it and end with the child. Null: they go on. Needs <see cref="Orphans.BecomeOurs"/>.
    /// </summary>
    public string? Mark { get; init; }

    /// <summary>User that owns the output pipes, where the program changes its user by itself, so that it may open /dev/stdout.</summary>
    public uint? PipeOwner { get; init; }
}
