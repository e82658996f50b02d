using System.Diagnostics;

namespace Daybreak.Cli.LocalAws;

/// <summary>Runs a program whose answer is its standard output.</summary>
internal static class ToolOutput
{
    /// <param name="change">Changes the start information: environment, input.</param>
    /// <exception cref="CommandFailedException">The program is missing.</exception>
    public static async Task<(int ExitCode, string Output, string Error)> ReadAsync(
        string program,
        IEnumerable<string> arguments,
        Action<ProcessStartInfo> change,
        string input,
        string remedy,
        CancellationToken cancellation
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        change(start);
        using var process = Start(start, remedy);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output, (await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start, string remedy)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new CommandFailedException(ExitCode.MissingPrerequisite, $"{start.FileName} cannot be started: {error.Message}.", remedy);
        }
    }
}
