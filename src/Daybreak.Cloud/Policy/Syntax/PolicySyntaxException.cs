namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>The text is JSON, but of no policy. Never leaves <see cref="PolicyParser"/>.</summary>
internal sealed class PolicySyntaxException(string message) : Exception(message);
