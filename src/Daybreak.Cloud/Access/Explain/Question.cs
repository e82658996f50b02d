using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>May this principal do that on this resource?</summary>
/// <param name="Principal">ARN of a user, role, session or root; or a service such as <c>rds.amazonaws.com</c>.</param>
/// <param name="Resource">An ARN, or <c>*</c>.</param>
/// <param name="Keys">Context keys beyond those that every request from this machine has.</param>
public sealed record Question(string Principal, ServiceAction Action, string Resource, ContextKeys Keys);
