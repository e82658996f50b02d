namespace Daybreak.Cloud.Policy;

/// <summary>The role of a policy in a decision.</summary>
public enum PolicyKind
{
    Identity,
    PermissionsBoundary,
    Session,
    Resource,
    RoleTrust,

    /// <summary>The policy of a KMS key, without which nobody uses the key.</summary>
    Key,

    /// <summary>The policy of the VPC endpoint that the request came through.</summary>
    VpcEndpoint,
}
