using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>The rules of bucket policies, in S3's words.</summary>
internal static class BucketPolicyText
{
    private static readonly string[][] Needed =
    [
        ["Effect"],
        ["Principal", "NotPrincipal"],
        ["Action", "NotAction"],
        ["Resource", "NotResource"],
    ];

    /// <exception cref="AwsException">It is no policy of this bucket.</exception>
    public static PolicyDocument Read(string text, Bucket bucket)
    {
        foreach (var statement in StatementsOf(text))
        {
            foreach (var names in Needed)
            {
                if (!names.Any(name => statement.TryGetProperty(name, out _)))
                    throw Malformed($"Missing required field {names[0]}");
            }
            if (!Texts(statement, "Action", "NotAction").All(IsAction))
                throw Malformed("Policy has invalid action");
            if (!Texts(statement, "Resource", "NotResource").All(resource => IsOf(bucket, resource)))
                throw Malformed("Policy has invalid resource");
        }
        if (PolicyParser.TryParse(text, PolicyDialect.ResourcePolicy, out var document, out var defect))
            return document;
        throw Malformed(
            defect.StartsWith("Invalid principal in policy", StringComparison.Ordinal) ? "Invalid principal in policy" : defect
        );
    }

    public static AwsException Malformed(string message) => S3Errors.Bad("MalformedPolicy", message);

    /// <summary>The statements of a policy, each an object.</summary>
    /// <exception cref="AwsException">It is no policy.</exception>
    public static IReadOnlyList<JsonElement> StatementsOf(string text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Malformed("Policies must be valid JSON and the first byte must be '{'");
        }
        if (root.ValueKind != JsonValueKind.Object)
            throw Malformed("Policies must be valid JSON and the first byte must be '{'");
        if (!root.TryGetProperty("Statement", out var statements))
            throw Malformed("Missing required field Statement");
        var all = statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()] : new List<JsonElement> { statements };
        return all.Count > 0 && all.TrueForAll(static one => one.ValueKind == JsonValueKind.Object)
            ? all
            : throw Malformed("Could not parse the policy: Statement is empty!");
    }

    /// <summary>The texts of an element, which may be one or a list.</summary>
    public static IEnumerable<string> Texts(JsonElement statement, params string[] names) =>
        names
            .Where(name => statement.TryGetProperty(name, out _))
            .Select(statement.GetProperty)
            .SelectMany(static value => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
            .Where(static value => value.ValueKind == JsonValueKind.String)
            .Select(static value => value.GetString()!);

    private static bool IsAction(string action) => action == "*" || action.StartsWith("s3:", StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(Bucket bucket, string resource) =>
        resource.StartsWith(bucket.Arn, StringComparison.Ordinal)
        && (resource.Length == bucket.Arn.Length || resource[bucket.Arn.Length] is '/' or '*');
}
