namespace Daybreak.Cloud.Policy;

/// <summary>The same grammar with different rules: which elements are required, and how AWS words a defect.</summary>
public enum PolicyDialect
{
    /// <summary>Customer managed policy: the rules of <see cref="InlinePolicy"/>, and only version 2012-10-17.</summary>
    ManagedPolicy,

    /// <summary>Inline policy of a user, group or role, or a session policy.</summary>
    InlinePolicy,

    /// <summary>Role trust policy: it names principals, and no resource.</summary>
    TrustPolicy,

    /// <summary>Policy attached to a resource such as a function: it names principals and resources.</summary>
    ResourcePolicy,
}
