using System.Collections.Immutable;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>One change towards making a denied request pass.</summary> <param name="What">The change in a sentence.</param> <param
/// name="Document">The whole new policy as JSON; null when something only has to be removed, or nothing can be done.</param> <param
/// name="Commands">Commands that make the change, for a POSIX shell with the aws CLI; empty when no call of AWS's can.</param>
public sealed record FixStep(string What, string? Document, ImmutableArray<string> Commands);
