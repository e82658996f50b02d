using Daybreak.Cloud.Policy;
using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy;

/// <summary>Texts: IAM User Guide, "Troubleshoot access denied error messages".</summary>
public class DenialMessageTests
{
    [Theory]
    [InlineData(Outcome.ImplicitDeny, PolicyKind.Identity, "because no identity-based policy allows the lambda:InvokeFunction action")]
    [InlineData(Outcome.ExplicitDeny, PolicyKind.Identity, "with an explicit deny in an identity-based policy")]
    [InlineData(Outcome.ImplicitDeny, PolicyKind.Resource, "because no resource-based policy allows the lambda:InvokeFunction action")]
    [InlineData(Outcome.ExplicitDeny, PolicyKind.Resource, "with an explicit deny in a resource-based policy")]
    [InlineData(
        Outcome.ImplicitDeny,
        PolicyKind.PermissionsBoundary,
        "because no permissions boundary allows the lambda:InvokeFunction action"
    )]
    [InlineData(Outcome.ExplicitDeny, PolicyKind.PermissionsBoundary, "with an explicit deny in a permissions boundary")]
    [InlineData(Outcome.ImplicitDeny, PolicyKind.Session, "because no session policy allows the lambda:InvokeFunction action")]
    [InlineData(Outcome.ExplicitDeny, PolicyKind.Session, "with an explicit deny in a session policy")]
    [InlineData(Outcome.ImplicitDeny, PolicyKind.RoleTrust, "because no role trust policy allows the lambda:InvokeFunction action")]
    [InlineData(Outcome.ExplicitDeny, PolicyKind.RoleTrust, "with an explicit deny in the role trust policy")]
    [InlineData(Outcome.ImplicitDeny, PolicyKind.VpcEndpoint, "because no VPC endpoint policy allows the lambda:InvokeFunction action")]
    [InlineData(Outcome.ExplicitDeny, PolicyKind.VpcEndpoint, "with an explicit deny in a VPC endpoint policy")]
    public void Denial_says_who_what_where_and_why(Outcome outcome, PolicyKind kind, string reason)
    {
        var text = DenialMessage.For(Request($"lambda:InvokeFunction {Function}", Session), new Decision(outcome, kind, []));
        Assert.Equal(
            "User: arn:aws:sts::444455556666:assumed-role/rds-role/s1 is not authorized to perform: lambda:InvokeFunction on resource: "
                + $"arn:aws:lambda:us-east-1:444455556666:function:simple {reason}",
            text
        );
    }

    [Fact]
    public void Permission_has_no_reason_for_denial() =>
        Assert.Throws<ArgumentException>(() =>
            DenialMessage.For(Request("lambda:ListFunctions *"), new Decision(Outcome.Allow, PolicyKind.Identity, []))
        );
}
