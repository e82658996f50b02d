namespace Daybreak.Cloud.Policy.Matching;

/// <summary>How a principal element matches a caller, weakest first.</summary>
internal enum PrincipalMatch
{
    None,

    /// <summary>It names the caller's account, which may delegate the permission with its identity policies.</summary>
    Account,

    /// <summary>It names the role of the caller's session: boundary and session policy still limit it.</summary>
    Role,

    /// <summary>It names the caller itself, or everyone.</summary>
    Direct,
}
