namespace Daybreak.Cloud.Iam.Roles;

/// <summary>How the last deletion of a service-linked role ended.</summary>
/// <param name="TaskId">What clients ask after.</param>
/// <param name="Uses">What kept the role; none: it is gone.</param>
public sealed record RoleDeletion(string TaskId, IReadOnlyList<RoleUsage> Uses);
