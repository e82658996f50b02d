namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>What the log says of an extension at the end of init.</summary>
/// <param name="State"><c>Started</c>, <c>Registered</c>, <c>Ready</c>, <c>InitError</c> or <c>ExitError</c>.</param>
/// <param name="Events">What it wants to be told.</param>
/// <param name="ErrorType">What it has reported; null: nothing.</param>
internal sealed record ExtensionStatus(string Name, string State, IReadOnlyList<string> Events, string? ErrorType);
