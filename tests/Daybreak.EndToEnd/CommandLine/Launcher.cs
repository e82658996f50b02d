namespace Daybreak.EndToEnd.CommandLine;

/// <summary>Runs <c>./daybreak</c> as a user would.</summary>
internal static class Launcher
{
    public static string File { get; } = Path.Combine(Checkout.Root, "daybreak");

    public static Task<Program.Finished> RunAsync(params string[] arguments) => Program.RunAsync(File, arguments);
}
