namespace Daybreak.Cloud.Iam.Roles;

/// <summary>The result of the last deletion of a service-linked role.</summary>
/// <param name="TaskId">The id that clients ask for.</param>
/// <param name="Uses">Resources that prevented it; none: the role was deleted.</param>
public sealed record RoleDeletion(string TaskId, IReadOnlyList<RoleUsage> Uses);
