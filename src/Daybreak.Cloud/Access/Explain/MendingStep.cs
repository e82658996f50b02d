using System.Collections.Immutable;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>One thing to change so that a denied request passes.</summary>
/// <param name="What">A sentence for people.</param>
/// <param name="Document">The whole policy to put there, as JSON; null when something only has to go, or nothing can be done.</param>
/// <param name="Commands">What does it, for a POSIX shell with the aws CLI; empty when no call of AWS's can.</param>
public sealed record MendingStep(string What, string? Document, ImmutableArray<string> Commands);
