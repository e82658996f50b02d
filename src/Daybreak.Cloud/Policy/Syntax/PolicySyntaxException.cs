namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>The text is JSON, but not a policy. <see cref="PolicyParser"/> always catches this.</summary>
internal sealed class PolicySyntaxException(string message) : Exception(message);
