namespace Daybreak.EndToEnd;

/// <summary>Where the repository and the build under test lie.</summary>
internal static class Checkout
{
    /// <summary>Directory that holds <c>daybreak</c>; <c>./test</c> names it, a developer's run finds it above the test program.</summary>
    public static string Root { get; } = Environment.GetEnvironmentVariable("DAYBREAK_ROOT") ?? Search(AppContext.BaseDirectory);

    private static string Search(string? directory)
    {
        for (; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Daybreak.slnx")))
                return directory;
        }

        throw new InvalidOperationException("Daybreak.slnx is in no directory above the tests; set DAYBREAK_ROOT.");
    }
}
