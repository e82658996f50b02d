namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>One operator and key with its values: <c>"StringEquals": { "aws:username": ["a", "b"] }</c>.</summary>
internal sealed record ConditionSyntax(string Operator, string Key, List<string> Values);
