namespace Daybreak.Cli.LocalAws;

/// <summary>The meaning of the program's exit status. docs/cli.md lists it for users.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>The command was valid and failed.</summary>
    Failure = 1,

    /// <summary>Unknown command, option or value.</summary>
    Usage = 2,

    /// <summary>A program that the command needs is not on this machine.</summary>
    MissingPrerequisite = 3,

    /// <summary>No local AWS answers at the expected address.</summary>
    NotRunning = 4,

    /// <summary>The requested port is taken.</summary>
    PortInUse = 5,

    /// <summary><c>explain</c>: the principal may not do it.</summary>
    Denied = 6,

    /// <summary><c>invoke</c>: the function ended in an error.</summary>
    FunctionError = 7,

    /// <summary>A bug in Daybreak (EX_SOFTWARE of sysexits.h).</summary>
    Bug = 70,

    /// <summary>Ended by Ctrl-C or SIGTERM before the command was done.</summary>
    Interrupted = 130,
}
