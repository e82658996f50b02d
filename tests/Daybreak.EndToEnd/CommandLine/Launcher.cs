using System.Diagnostics;

namespace Daybreak.EndToEnd.CommandLine;

/// <summary>Runs <c>./daybreak</c> as a user would.</summary>
internal static class Launcher
{
    public static string Path { get; } = System.IO.Path.Combine(Checkout.Root, "daybreak");

    public static Task<Finished> RunAsync(params string[] arguments) => RunProgramAsync(Path, arguments);

    public static async Task<Finished> RunProgramAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Finished(process.ExitCode, await output, await error);
    }

    internal sealed record Finished(int ExitCode, string Output, string Error);
}
