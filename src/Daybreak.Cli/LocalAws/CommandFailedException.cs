namespace Daybreak.Cli.LocalAws;

/// <summary>Ends a command with <paramref name="code"/>, a sentence about what failed, and what to do about it.</summary>
internal sealed class CommandFailedException(ExitCode code, string message, string? remedy = null) : Exception(message)
{
    public ExitCode Code { get; } = code;

    public string? Remedy { get; } = remedy;
}
