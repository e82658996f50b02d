namespace Daybreak.Cloud.Policy;

/// <summary>A document together with its name, so that a decision can name it.</summary>
/// <param name="Id">ARN of a managed policy, name of an inline one, ARN of the resource of a resource policy.</param>
public sealed record AttachedPolicy(PolicyKind Kind, string Id, PolicyDocument Document)
{
    /// <summary>ARN of the user, group or role that has an identity policy, if it is known.</summary>
    public string? Owner { get; init; }
}
