using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Daybreak.Cloud.Iam.Managed;

/// <summary>
/// The supported AWS managed policies, read from the file next to this one: ARN, default version, dates and document as AWS publishes them.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html</remarks>
public sealed class AwsManagedPolicies
{
    private readonly FrozenDictionary<string, ManagedPolicy> _byArn;

    private AwsManagedPolicies(IEnumerable<ManagedPolicy> policies)
    {
        All = [.. policies.OrderBy(static policy => policy.Name, StringComparer.Ordinal)];
        _byArn = All.ToFrozenDictionary(static policy => policy.Arn);
    }

    public ImmutableArray<ManagedPolicy> All { get; }

    public ManagedPolicy? Find(string arn) => _byArn.GetValueOrDefault(arn);

    public static AwsManagedPolicies Load()
    {
        using var stream =
            typeof(AwsManagedPolicies).Assembly.GetManifestResourceStream("AwsManagedPolicies.json")
            ?? throw new InvalidOperationException("The AWS managed policies are missing from the program.");
        using var json = JsonDocument.Parse(stream);
        return new AwsManagedPolicies(json.RootElement.EnumerateArray().Select(Read));
    }

    private static ManagedPolicy Read(JsonElement policy)
    {
        string Text(string name) => policy.GetProperty(name).GetString()!;
        var version = Text("DefaultVersionId");
        var updated = policy.GetProperty("UpdateDate").GetDateTimeOffset();
        return new ManagedPolicy
        {
            AccountId = "aws",
            Name = Text("PolicyName"),
            Path = Text("Path"),
            Id = Text("PolicyId"),
            Description = policy.TryGetProperty("Description", out var description) ? description.GetString() : null,
            CreateDate = policy.GetProperty("CreateDate").GetDateTimeOffset(),
            UpdateDate = updated,
            Versions = [new ManagedPolicyVersion(version, policy.GetProperty("Document").GetRawText(), updated)],
            DefaultVersionId = version,
            LastVersion = int.Parse(version.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
