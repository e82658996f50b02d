namespace Daybreak.Cloud.Policy;

/// <summary>How a request was decided.</summary>
public enum Outcome
{
    Allow,

    /// <summary>Nothing allows it.</summary>
    ImplicitDeny,

    /// <summary>A statement denies it, whatever allows it.</summary>
    ExplicitDeny,
}
