using System.Collections.Immutable;

namespace Daybreak.Explaining;

/// <summary>One change towards making a call or a request pass.</summary>
/// <param name="What">The change in a sentence.</param>
/// <param name="Document">The whole new policy as JSON; null when the change is none of a policy, or only removes one.</param>
/// <param name="Commands">Commands that make the change, exactly as typed; empty when no command can.</param>
public sealed record FixStep(string What, string? Document, ImmutableArray<string> Commands);
