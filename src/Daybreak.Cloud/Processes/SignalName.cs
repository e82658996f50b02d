using System.Globalization;

namespace Daybreak.Cloud.Processes;

/// <summary>Signal numbers of Linux and their descriptions as AWS's supervisor prints them.</summary>
public static class SignalName
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Stop = 19;

    public static string Of(int signal) =>
        signal switch
        {
            Hangup => "hangup",
            Interrupt => "interrupt",
            Quit => "quit",
            4 => "illegal instruction",
            5 => "trace/breakpoint trap",
            6 => "aborted",
            7 => "bus error",
            8 => "floating point exception",
            Kill => "killed",
            10 => "user defined signal 1",
            11 => "segmentation fault",
            12 => "user defined signal 2",
            13 => "broken pipe",
            14 => "alarm clock",
            Terminate => "terminated",
            16 => "stack fault",
            24 => "CPU time limit exceeded",
            25 => "file size limit exceeded",
            31 => "bad system call",
            _ => "signal " + signal.ToString(CultureInfo.InvariantCulture),
        };
}
