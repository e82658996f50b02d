using System.Collections.Immutable;

namespace Daybreak.Explaining;

/// <summary>One rule of a network that the packets of a call meet.</summary>
/// <param name="Kind">As in JSON: <c>securityGroupEgress</c>.</param>
/// <param name="Text">The finding, in a sentence.</param>
/// <param name="Evidence">Ids behind the finding.</param>
public sealed record StageHop(string Kind, bool Passes, string Text, ImmutableArray<string> Evidence);
