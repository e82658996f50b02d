namespace Daybreak.Cloud.Lambda;

/// <summary>Settings of Lambda.</summary>
/// <param name="FirstRetryWait">Wait before the second attempt of an Event invocation.</param>
/// <param name="SecondRetryWait">Wait before the third attempt.</param>
/// <param name="Failed">Called for internal failures.</param>
public sealed record LambdaOptions(TimeSpan FirstRetryWait, TimeSpan SecondRetryWait, Action<Exception> Failed);
