namespace Daybreak.Cloud.Lambda;

/// <summary>What Lambda has to know of the local AWS that it is a part of.</summary>
/// <param name="FirstRetryWait">Before the second attempt of an Event invocation.</param>
/// <param name="SecondRetryWait">Before the third.</param>
/// <param name="Failed">Called for internal failures.</param>
public sealed record LambdaOptions(TimeSpan FirstRetryWait, TimeSpan SecondRetryWait, Action<Exception> Failed);
