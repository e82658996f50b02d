namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>
/// The states of an execution environment. Transitions that <see cref="EnvironmentStates.Allows"/> does not list are refused.
/// </summary>
internal enum EnvironmentState
{
    /// <summary>The process starts and initializes.</summary>
    Starting,

    /// <summary>The environment waits in its pool.</summary>
    Idle,

    /// <summary>The environment belongs to one invocation.</summary>
    Busy,

    /// <summary>The environment finishes its invocation and then ends.</summary>
    Retiring,

    /// <summary>The process was killed or has ended.</summary>
    Ended,
}

internal static class EnvironmentStates
{
    public static bool Allows(EnvironmentState from, EnvironmentState to) =>
        (from, to) switch
        {
            (EnvironmentState.Starting, EnvironmentState.Busy or EnvironmentState.Idle or EnvironmentState.Ended) => true,
            (EnvironmentState.Idle, EnvironmentState.Busy or EnvironmentState.Ended) => true,
            (EnvironmentState.Busy, EnvironmentState.Idle or EnvironmentState.Retiring or EnvironmentState.Ended) => true,
            (EnvironmentState.Retiring, EnvironmentState.Ended) => true,
            _ => false,
        };
}
