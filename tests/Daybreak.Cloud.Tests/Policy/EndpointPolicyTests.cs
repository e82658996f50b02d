using Daybreak.Cloud.Policy;
using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy;

/// <summary>The policy of a VPC endpoint: one gate more. It grants nothing. PrivateLink Guide, "Control access to VPC endpoints using
/// endpoint policies".</summary>
public class EndpointPolicyTests
{
    private const string AllowAll = "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}";
    private const string AllowInvoke = "{'Effect':'Allow','Action':'lambda:InvokeFunction','Resource':'*'}";

    [Theory]
    [InlineData(AllowAll, AllowInvoke, Outcome.Allow, PolicyKind.Identity)]
    [InlineData(AllowAll, "{'Effect':'Allow','Action':'s3:*','Resource':'*'}", Outcome.ImplicitDeny, PolicyKind.Identity)]
    [InlineData(
        "{'Effect':'Allow','Principal':'*','Action':'lambda:InvokeFunction','Resource':'arn:aws:lambda:*:*:function:simple'}",
        AllowInvoke,
        Outcome.Allow,
        PolicyKind.Identity
    )]
    [InlineData(
        "{'Effect':'Allow','Principal':'*','Action':'lambda:InvokeFunction','Resource':'arn:aws:lambda:*:*:function:other'}",
        AllowInvoke,
        Outcome.ImplicitDeny,
        PolicyKind.VpcEndpoint
    )]
    [InlineData(
        "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::444455556666:user/alice'},'Action':'*','Resource':'*'}",
        AllowInvoke,
        Outcome.Allow,
        PolicyKind.Identity
    )]
    [InlineData(
        "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::444455556666:user/bob'},'Action':'*','Resource':'*'}",
        AllowInvoke,
        Outcome.ImplicitDeny,
        PolicyKind.VpcEndpoint
    )]
    [InlineData(
        AllowAll + ",{'Effect':'Deny','Principal':'*','Action':'lambda:*','Resource':'*'}",
        AllowInvoke,
        Outcome.ExplicitDeny,
        PolicyKind.VpcEndpoint
    )]
    [InlineData(
        "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*','Condition':{'StringEquals':{'aws:SourceVpce':'vpce-1'}}}",
        AllowInvoke,
        Outcome.Allow,
        PolicyKind.Identity
    )]
    [InlineData(
        "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*','Condition':{'StringEquals':{'aws:SourceVpce':'vpce-2'}}}",
        AllowInvoke,
        Outcome.ImplicitDeny,
        PolicyKind.VpcEndpoint
    )]
    [InlineData(
        "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}",
        AllowInvoke + ",{'Effect':'Deny','Action':'*','Resource':'*'}",
        Outcome.ExplicitDeny,
        PolicyKind.Identity
    )]
    public void Endpoint_policy_has_to_allow_it_too(string endpoint, string identity, Outcome outcome, PolicyKind decidedBy)
    {
        var request = Request($"lambda:InvokeFunction {Function} aws:SourceVpce=vpce-1");
        var decided = PolicyEvaluator.Decide(request, PrincipalPolicies.None with { Identity = [Attached(PolicyKind.Identity, identity)] });

        var decision = PolicyEvaluator.DecideAtEndpoint(request, Attached(PolicyKind.VpcEndpoint, endpoint), decided);

        Assert.Equal((outcome, decidedBy), (decision.Outcome, decision.DecidedBy));
    }

    [Fact]
    public void Root_is_bound_by_it()
    {
        var request = Request($"lambda:InvokeFunction {Function}", Root);
        var policy = Attached(PolicyKind.VpcEndpoint, "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}");

        Assert.Equal(
            Outcome.ImplicitDeny,
            PolicyEvaluator.DecideAtEndpoint(request, policy, PolicyEvaluator.Decide(request, PrincipalPolicies.None)).Outcome
        );
    }
}
