namespace Daybreak.Bridge.Tests.Parts;

/// <summary>Where files of the repository lie, from wherever the tests were built to.</summary>
public static class Repository
{
    public static string Root { get; } = Find(Environment.GetEnvironmentVariable("DAYBREAK_ROOT") ?? AppContext.BaseDirectory);

    public static string GoldenFrames { get; } = Path.Combine(Root, "tests", "golden", "frames");

    private static string Find(string from)
    {
        for (var at = new DirectoryInfo(from); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Daybreak.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException("No Daybreak.slnx above " + from);
    }
}
