namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Where an execution environment stands. What is not listed in <see cref="EnvironmentStates.Allows"/> is refused.</summary>
internal enum EnvironmentState
{
    /// <summary>Its process starts and initializes.</summary>
    Starting,

    /// <summary>Waits in its pool.</summary>
    Idle,

    /// <summary>Belongs to one invocation.</summary>
    Busy,

    /// <summary>Finishes its invocation and ends then.</summary>
    Retiring,

    /// <summary>Its process is killed or has ended.</summary>
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
