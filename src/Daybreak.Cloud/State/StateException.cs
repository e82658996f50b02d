namespace Daybreak.Cloud.State;

/// <summary>The state cannot be opened, read or written. The message says what to do.</summary>
public sealed class StateException(string message, Exception? inner = null) : Exception(message, inner);
