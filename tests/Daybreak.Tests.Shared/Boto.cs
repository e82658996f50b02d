using System.Text.Json;

namespace Daybreak.Tests.Shared;

/// <summary>Runs the Python programs of <c>tests/programs</c>, which call a cloud by boto3 and expect of each step what it shows.</summary>
public static class Boto
{
    private static readonly string Programs = Path.Combine(Checkout.Root, "tests", "programs");

    /// <summary>Where a program lies, by its path from <c>tests/programs</c>.</summary>
    public static string Program(string path) => Path.Combine(Programs, path);

    /// <summary>Fails the test with what the program has written when one of its expectations is not met.</summary>
    public static Task RunAsync(Uri endpoint, string path, params string[] arguments) => OutputAsync(endpoint, path, arguments);

    /// <returns>The lines that the program printed.</returns>
    public static async Task<string[]> LinesAsync(Uri endpoint, string path) =>
        (await OutputAsync(endpoint, path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <returns>The JSON document that the program printed.</returns>
    public static async Task<JsonElement> JsonAsync(Uri endpoint, string path)
    {
        using var document = JsonDocument.Parse(await OutputAsync(endpoint, path));
        return document.RootElement.Clone();
    }

    private static async Task<string> OutputAsync(Uri endpoint, string path, params string[] arguments) =>
        (await AwsClient.RunAsync("python3", endpoint, "test", [Program(path), .. arguments])).Ok();
}
