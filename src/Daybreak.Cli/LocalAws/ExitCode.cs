namespace Daybreak.Cli.LocalAws;

/// <summary>What the program's exit status means. Listed for users in docs/cli.md.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>The command was understood and failed.</summary>
    Failure = 1,

    /// <summary>Unknown command, option or value.</summary>
    Usage = 2,

    /// <summary>A program that the command needs is not on this machine.</summary>
    MissingPrerequisite = 3,

    /// <summary>No local AWS answers where the command looked for it.</summary>
    NotRunning = 4,

    /// <summary>The port that was asked for is taken.</summary>
    PortInUse = 5,

    /// <summary><c>explain</c>: the principal may not.</summary>
    Denied = 6,

    /// <summary>A bug of Daybreak's (EX_SOFTWARE of sysexits.h).</summary>
    Bug = 70,

    /// <summary>Ended by Ctrl-C or SIGTERM before the command was done.</summary>
    Interrupted = 130,
}
