using System.Diagnostics;

namespace Daybreak.Tests.Shared;

/// <summary>Runs a program to its end, as a user would from a shell.</summary>
public static class Program
{
    public static Task<Finished> RunAsync(string program, params string[] arguments) =>
        RunAsync(new Start(program) { Arguments = arguments });

    public static async Task<Finished> RunAsync(Start start)
    {
        var info = new ProcessStartInfo(start.Program, start.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.Directory,
        };
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        foreach (var name in start.Without)
            info.Environment.Remove(name);
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(start.Input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Finished(process.ExitCode, await output, await error);
    }

    public sealed record Start(string Program)
    {
        public IReadOnlyList<string> Arguments { get; init; } = [];

        public string Input { get; init; } = "";

        public string Directory { get; init; } = "/";

        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

        /// <summary>Variables of the test that the program does not get.</summary>
        public IReadOnlyList<string> Without { get; init; } = [];
    }

    public sealed record Finished(int ExitCode, string Output, string Error)
    {
        public Finished Expect(int exitCode)
        {
            Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}\n{Output}\n{Error}");
            return this;
        }
    }
}
