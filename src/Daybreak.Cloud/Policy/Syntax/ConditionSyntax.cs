namespace Daybreak.Cloud.Policy.Syntax;

/// <summary><c>"StringEquals": { "aws:username": ["a", "b"] }</c>: one operator and key with its values.</summary>
internal sealed record ConditionSyntax(string Operator, string Key, List<string> Values);
