namespace Daybreak.Cloud.Policy;

/// <summary>Where a policy stands when a request is decided.</summary>
public enum PolicyKind
{
    Identity,
    PermissionsBoundary,
    Session,
    Resource,
    RoleTrust,

    /// <summary>Of the VPC endpoint that the request came through.</summary>
    VpcEndpoint,
}
