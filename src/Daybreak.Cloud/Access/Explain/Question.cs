using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Whether a principal may perform an action on a resource.</summary>
/// <param name="Principal">ARN of a user, role, session or root; or a service such as <c>rds.amazonaws.com</c>.</param>
/// <param name="Resource">An ARN, or <c>*</c>.</param>
/// <param name="Keys">Context keys in addition to those of every request from this machine.</param>
public sealed record Question(string Principal, ServiceAction Action, string Resource, ContextKeys Keys);
