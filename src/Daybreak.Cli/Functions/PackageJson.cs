using System.Text.Json;

namespace Daybreak.Cli.Functions;

/// <summary>The <c>package.json</c> of a function for Node.js.</summary>
internal static class PackageJson
{
    public const string Reason = "main of package.json";

    /// <summary>The file that it names as <c>main</c>; null: it names none that is in the package.</summary>
    public static SourceFile? MainFile(string directory, IReadOnlyList<SourceFile> files)
    {
        var path = Path.Combine(directory, "package.json");
        if (!File.Exists(path))
            return null;
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
            if (
                json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("main", out var main)
                || main.ValueKind != JsonValueKind.String
            )
                return null;
            var name = main.GetString()!;
            name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
            // As Node.js looks for it.
            return new[] { name, name + ".js", name.TrimEnd('/') + "/index.js" }
                .Select(candidate => files.FirstOrDefault(file => file.Name == candidate))
                .FirstOrDefault(static file => file is not null);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
