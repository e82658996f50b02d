namespace Daybreak.Tests.Shared;

/// <summary>Where the repository and the build under test lie.</summary>
public static class Checkout
{
    /// <summary>Directory that holds <c>daybreak</c>; <c>./test</c> names it, a developer's run finds it above the test program.</summary>
    public static string Root { get; } = Environment.GetEnvironmentVariable("DAYBREAK_ROOT") ?? Search(AppContext.BaseDirectory);

    /// <summary>What the launcher built: <c>cli/</c>, <c>bridge/</c>, <c>pgsql/</c>. Without <c>./test</c>, what <c>./daybreak</c> built
    /// last.</summary>
    public static string Build { get; } = Environment.GetEnvironmentVariable("DAYBREAK_BUILD") ?? LastBuild();

    private static string Search(string? directory)
    {
        for (; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Daybreak.slnx")))
                return directory;
        }

        throw new InvalidOperationException("Daybreak.slnx is in no directory above the tests; set DAYBREAK_ROOT.");
    }

    private static string LastBuild()
    {
        var stamp = Path.Combine(Root, "artifacts", "stamp");
        if (!File.Exists(stamp))
            throw new InvalidOperationException("Nothing is built yet: run ./test, or ./daybreak demo --exit.");
        return Path.Combine(Root, "artifacts", File.ReadLines(stamp).First().Split(' ')[1]);
    }
}
