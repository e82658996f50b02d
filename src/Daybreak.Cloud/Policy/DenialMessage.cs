namespace Daybreak.Cloud.Policy;

/// <summary>AWS's message for a refused request.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html</remarks>
public static class DenialMessage
{
    /// <exception cref="ArgumentException">The decision is to allow.</exception>
    public static string For(RequestContext request, Decision decision) => $"{WithoutReason(request)} {Reason(request, decision)}";

    /// <summary>The message without its reason, as <c>sts:AssumeRole</c> answers.</summary>
    public static string WithoutReason(RequestContext request) =>
        $"User: {request.Principal.Arn} is not authorized to perform: {request.Action} on {request.ShownPlace}";

    /// <summary>The message of services that name no resource if an action has none.</summary>
    /// <exception cref="ArgumentException">The decision is to allow.</exception>
    public static string WithoutStar(RequestContext request, Decision decision) =>
        request.Resource == "*"
            ? $"User: {request.Principal.Arn} is not authorized to perform: {request.Action} {Reason(request, decision)}"
            : For(request, decision);

    /// <summary>
    /// The end of the message: <c>because no identity-based policy allows the X action</c>, <c>with an explicit deny in …</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The decision is to allow.</exception>
    public static string Reason(RequestContext request, Decision decision)
    {
        if (decision is not { IsAllowed: false, DecidedBy: { } kind })
            throw new ArgumentException("An allowed request has no reason for its denial.", nameof(decision));
        return decision.Outcome == Outcome.ExplicitDeny
            ? $"with an explicit deny in {WithArticle(kind)}"
            : $"because no {Name(kind)} allows the {request.Action} action";
    }

    internal static string Name(PolicyKind kind) =>
        kind switch
        {
            PolicyKind.Identity => "identity-based policy",
            PolicyKind.PermissionsBoundary => "permissions boundary",
            PolicyKind.Session => "session policy",
            PolicyKind.Resource or PolicyKind.Key => "resource-based policy",
            PolicyKind.RoleTrust => "role trust policy",
            PolicyKind.VpcEndpoint => "VPC endpoint policy",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    internal static string WithArticle(PolicyKind kind) =>
        kind switch
        {
            PolicyKind.Identity => "an identity-based policy",
            PolicyKind.RoleTrust => "the role trust policy",
            _ => $"a {Name(kind)}",
        };
}
