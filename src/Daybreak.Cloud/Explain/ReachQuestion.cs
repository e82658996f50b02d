namespace Daybreak.Cloud.Explain;

/// <summary>Whether and why a function reaches an API or a database.</summary>
/// <param name="Function">Name or ARN of the function, with a qualifier or without.</param>
/// <param name="Target">Identifier of a DB instance or cluster, or the name of a service: <c>lambda</c>.</param>
/// <param name="Region">The function's; null: the default one.</param>
internal sealed record ReachQuestion(string Function, string Target, string? Region);
