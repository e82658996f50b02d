using System.Collections.Immutable;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Sts;

/// <summary>Checks the policies and tags of a session.</summary>
internal static class SessionRules
{
    /// <summary>AWS packs policies and tags into an undocumented binary form of limited size; this limit uses the plain size.</summary>
    private const int PackedLimit = 4096;

    public static ImmutableArray<string> Documents(string? policy)
    {
        if (policy is null)
            return [];
        return PolicyParser.TryParse(policy, PolicyDialect.InlinePolicy, out _, out var defect)
            ? [policy]
            : throw StsErrors.MalformedPolicyDocument(defect);
    }

    /// <exception cref="Aws.AwsException">One of the policies does not exist.</exception>
    public static ImmutableArray<string> Arns(IamState state, string accountId, IReadOnlyList<PolicyDescriptor>? descriptors)
    {
        var arns = (descriptors ?? []).Select(static descriptor => descriptor.Arn ?? "").ToImmutableArray();
        foreach (var arn in arns)
            if (state.Policies.Find(accountId, arn) is null)
                throw StsErrors.Validation($"Policy {arn} does not exist or is not attachable.");
        return arns;
    }

    /// <param name="inherited">Transitive tags of the calling session.</param>
    public static ImmutableArray<Tag> Tags(IReadOnlyList<Tag>? tags, IReadOnlyList<string>? transitiveKeys, ImmutableArray<Tag> inherited)
    {
        var given = tags ?? [];
        var ignoringCase = StringComparer.OrdinalIgnoreCase;
        if (given.DistinctBy(static tag => tag.Key, ignoringCase).Count() != given.Count)
            throw StsErrors.InvalidParameterValue("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        if (given.Any(tag => inherited.Any(old => ignoringCase.Equals(old.Key, tag.Key))))
            throw StsErrors.InvalidParameterValue(
                "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the "
                    + "calling session."
            );
        if ((transitiveKeys ?? []).Any(key => !given.Any(tag => ignoringCase.Equals(tag.Key, key))))
            throw StsErrors.InvalidParameterValue("The specified transitive tag key must be included in the requested tags.");
        return [.. inherited, .. given];
    }

    /// <summary>In per cent, rounded up; null when nothing was passed.</summary>
    public static int? PackedSize(string? policy, ImmutableArray<string> policyArns, IReadOnlyList<Tag>? tags)
    {
        var size =
            (policy is null ? 0 : PolicySize.Of(policy))
            + policyArns.Sum(static arn => arn.Length)
            + (tags ?? []).Sum(static tag => tag.Key.Length + tag.Value.Length);
        return size == 0 ? null : (size * 100 + PackedLimit - 1) / PackedLimit;
    }
}
