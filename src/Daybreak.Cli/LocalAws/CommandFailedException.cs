namespace Daybreak.Cli.LocalAws;

/// <summary>Ends a command with <paramref name="code"/>, a sentence about the failure, and the next step for the user.</summary>
internal sealed class CommandFailedException(ExitCode code, string message, string? remedy = null) : Exception(message)
{
    public ExitCode Code { get; } = code;

    public string? Remedy { get; } = remedy;
}
