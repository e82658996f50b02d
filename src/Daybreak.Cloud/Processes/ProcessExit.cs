namespace Daybreak.Cloud.Processes;

/// <summary>How a process ended: by its own exit code, or by a signal.</summary>
public readonly record struct ProcessExit
{
    private ProcessExit(int code, int signal) => (Code, Signal) = (code, signal);

    /// <summary>Exit code, 0 to 255; 0 when a signal ended the process.</summary>
    public int Code { get; }

    /// <summary>Number of the signal that ended the process; 0 when it exited by itself.</summary>
    public int Signal { get; }

    public bool Succeeded => Code == 0 && Signal == 0;

    public static ProcessExit WithCode(int code) => new(code, 0);

    public static ProcessExit BySignal(int signal) => new(0, signal);

    /// <summary>Reads the status word of waitpid(2).</summary>
    internal static ProcessExit FromWaitStatus(int status) =>
        (status & 0x7f) == 0 ? WithCode((status >> 8) & 0xff) : BySignal(status & 0x7f);

    public override string ToString() => Signal == 0 ? $"exit status {Code}" : $"signal: {SignalName.Of(Signal)}";
}
