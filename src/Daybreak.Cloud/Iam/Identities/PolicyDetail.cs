namespace Daybreak.Cloud.Iam.Identities;

/// <summary>An inline policy.</summary>
public sealed record PolicyDetail
{
    public required string PolicyName { get; init; }

    /// <summary>Percent-encoded.</summary>
    public required string PolicyDocument { get; init; }

    internal static IReadOnlyList<PolicyDetail> Of(Identity identity) =>
        [
            .. identity.InlinePolicies.Select(static policy => new PolicyDetail
            {
                PolicyName = policy.Key,
                PolicyDocument = PolicyText.Encode(policy.Value),
            }),
        ];
}
