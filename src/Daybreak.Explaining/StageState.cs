namespace Daybreak.Explaining;

/// <summary>How a stage stands.</summary>
public enum StageState
{
    Ok,
    Failed,

    /// <summary>Cannot be checked before an earlier stage is fixed.</summary>
    NotReached,

    /// <summary>May stop a call, but cannot be checked from where the question was asked.</summary>
    NotSeen,
}
