namespace Daybreak.Cloud.Policy.Matching;

/// <summary>How a principal element meets a caller, weakest first.</summary>
internal enum PrincipalMatch
{
    None,

    /// <summary>It names the caller's account: the account may hand the permission on by its identity policies.</summary>
    Account,

    /// <summary>It names the role of the caller's session: limited by boundary and session policy.</summary>
    Role,

    /// <summary>It names the caller itself, or everyone.</summary>
    Direct,
}
