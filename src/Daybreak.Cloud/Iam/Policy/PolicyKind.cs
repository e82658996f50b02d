namespace Daybreak.Cloud.Iam.Policy;

/// <summary>Where a policy stands when a request is decided.</summary>
public enum PolicyKind
{
    Identity,
    PermissionsBoundary,
    Session,
    Resource,
    RoleTrust,
}
