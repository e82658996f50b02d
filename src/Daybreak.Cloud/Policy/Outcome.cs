namespace Daybreak.Cloud.Policy;

/// <summary>How a request was decided.</summary>
public enum Outcome
{
    Allow,

    /// <summary>No statement allows it.</summary>
    ImplicitDeny,

    /// <summary>A statement denies it, even if others allow it.</summary>
    ExplicitDeny,
}
