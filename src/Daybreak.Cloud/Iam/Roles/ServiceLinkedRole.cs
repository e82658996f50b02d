namespace Daybreak.Cloud.Iam.Roles;

/// <summary>A service-linked role.</summary>
/// <param name="Policy">Name of the managed policy that AWS attaches to it.</param>
internal sealed record ServiceLinkedRole(string Name, string Description, string Policy);
