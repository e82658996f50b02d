namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>What the log says of an invocation at its end.</summary>
/// <param name="Init">Duration of init, for the first invocation of an environment. AWS bills it with that invocation since
/// 2025-08-01.</param>
/// <param name="PeakMemory">In megabytes.</param>
/// <param name="ErrorType">Of an error that the runtime did not report itself.</param>
/// <param name="ProducedBytes">Length of the response.</param>
internal readonly record struct InvocationReport(
    string RequestId,
    TimeSpan Duration,
    TimeSpan? Init,
    int PeakMemory,
    Ending Ending,
    string? ErrorType,
    int ProducedBytes
);

/// <summary>How an invocation has ended.</summary>
internal enum Ending
{
    /// <summary>The runtime has responded.</summary>
    Responded,

    /// <summary>The runtime has reported an error of the function.</summary>
    Reported,

    /// <summary>The runtime has not responded.</summary>
    Failed,

    TimedOut,
}
