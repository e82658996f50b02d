namespace Daybreak.Cloud.Tests;

/// <summary>Where the repository lies.</summary>
internal static class Checkout
{
    /// <summary>A directory in or below the repository: <c>./test</c> names it, since it may build elsewhere; else that of the test
    /// program.</summary>
    public static DirectoryInfo Start => new(Environment.GetEnvironmentVariable("DAYBREAK_ROOT") ?? AppContext.BaseDirectory);
}
