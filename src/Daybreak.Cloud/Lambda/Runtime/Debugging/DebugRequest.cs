namespace Daybreak.Cloud.Lambda.Runtime.Debugging;

/// <summary>How a developer wants to debug a function.</summary>
/// <param name="Directory">Where its code is on this machine: what breakpoints are set in.</param>
/// <param name="Port">Of the Runtime API; 0: any free one.</param>
/// <param name="IsAttended">Whether the one who asks ends the session when the process ends. Otherwise a process that has closed its
/// connections and does not live any more has gone.</param>
public sealed record DebugRequest(string Directory, int Port, bool IsAttended);
