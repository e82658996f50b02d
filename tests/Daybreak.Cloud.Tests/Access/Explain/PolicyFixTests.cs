using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Tests.Policy;

namespace Daybreak.Cloud.Tests.Access.Explain;

/// <summary>The proposed fixes for each reason of a denial. Their effect is tested with the real commands
/// (<see cref="ExplainTests"/>).</summary>
public sealed class PolicyFixTests
{
    private const string Invoke = $"lambda:InvokeFunction {PolicyText.Function}";
    private const string Other = "arn:aws:lambda:us-east-1:444455556666:function:other";

    private static readonly string Allow = $"{{'Effect':'Allow','Action':'lambda:InvokeFunction','Resource':'{PolicyText.Function}'}}";
    private static readonly string Deny = "{'Sid':'No','Effect':'Deny','Action':'lambda:*','Resource':'*'}";
    private static readonly string Elsewhere = $"{{'Effect':'Allow','Action':'lambda:InvokeFunction','Resource':'{Other}'}}";

    private static string Document(params string[] statements) =>
        $"{{'Version':'2012-10-17','Statement':[{string.Join(',', statements)}]}}".Replace('\'', '"');

    private static AttachedPolicy Policy(PolicyKind kind, string statements, string id, string? owner = null) =>
        PolicyText.Attached(kind, statements) with
        {
            Id = id,
            Owner = owner,
        };

    private static Situation Of(
        Principal caller,
        PrincipalPolicies policies,
        AttachedPolicy? resource = null,
        string request = Invoke,
        bool takes = true
    ) => new(PolicyText.Request(request, caller), policies, resource, takes);

    private static PrincipalPolicies Identity(params AttachedPolicy[] policies) => PrincipalPolicies.None with { Identity = [.. policies] };

    [Fact]
    public void Allowed_needs_nothing() =>
        Assert.Empty(PolicyFix.Of(Of(PolicyText.Alice, Identity(PolicyText.Attached(PolicyKind.Identity, Allow)))));

    [Fact]
    public void User_gets_the_smallest_policy()
    {
        var step = Assert.Single(PolicyFix.Of(Of(PolicyText.Alice, PrincipalPolicies.None)));
        Assert.Equal(Document(Allow), step.Document);
        Assert.Equal(
            $"aws iam put-user-policy --user-name alice --policy-name AllowInvokeFunction --policy-document '{Document(Allow)}'",
            Assert.Single(step.Commands)
        );
    }

    [Fact]
    public void Role_of_a_session_gets_it_without_touching_a_policy_of_that_name()
    {
        var session = (Principal.RoleSession)PolicyText.Session;
        var step = Assert.Single(
            PolicyFix.Of(Of(session, Identity(Policy(PolicyKind.Identity, Elsewhere, "AllowInvokeFunction", session.RoleArn))))
        );
        Assert.Equal(
            $"aws iam put-role-policy --role-name rds-role --policy-name AllowInvokeFunction-2 --policy-document '{Document(Allow)}'",
            Assert.Single(step.Commands)
        );
    }

    [Theory]
    [InlineData("p", "arn:aws:iam::444455556666:user/alice", "", "aws iam delete-user-policy --user-name alice --policy-name p")]
    [InlineData("p", "arn:aws:iam::444455556666:group/devs", "", "aws iam delete-group-policy --group-name devs --policy-name p")]
    [InlineData(
        "p",
        "arn:aws:iam::444455556666:group/devs",
        "left",
        "aws iam put-group-policy --group-name devs --policy-name p --policy-document 'LEFT'"
    )]
    [InlineData(
        "arn:aws:iam::444455556666:policy/p",
        "arn:aws:iam::444455556666:user/alice",
        "",
        "aws iam detach-user-policy --user-name alice --policy-arn arn:aws:iam::444455556666:policy/p"
    )]
    [InlineData(
        "arn:aws:iam::444455556666:policy/p",
        "arn:aws:iam::444455556666:user/alice",
        "left",
        "aws iam create-policy-version --policy-arn arn:aws:iam::444455556666:policy/p --policy-document 'LEFT' --set-as-default"
    )]
    [InlineData(
        "arn:aws:iam::aws:policy/DenyAll",
        "arn:aws:iam::444455556666:user/alice",
        "left",
        "aws iam detach-user-policy --user-name alice --policy-arn arn:aws:iam::aws:policy/DenyAll"
    )]
    public void Statement_that_denies_goes_and_the_others_stay(string id, string owner, string left, string command)
    {
        var denying = Policy(PolicyKind.Identity, left.Length == 0 ? Deny : $"{Deny},{Elsewhere}", id, owner);
        var steps = PolicyFix.Of(Of(PolicyText.Alice, Identity(PolicyText.Attached(PolicyKind.Identity, Allow), denying)));
        var step = Assert.Single(steps);
        Assert.Equal(command.Replace("LEFT", Document(Elsewhere), StringComparison.Ordinal), Assert.Single(step.Commands));
        Assert.Contains(id, step.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Denied_and_never_allowed_takes_two_steps()
    {
        var steps = PolicyFix.Of(Of(PolicyText.Alice, Identity(Policy(PolicyKind.Identity, Deny, "p", PolicyText.Alice.UserArn))));
        Assert.Equal(
            ["aws iam delete-user-policy", "aws iam put-user-policy"],
            steps.Select(step => string.Join(' ', step.Commands[0].Split(' ')[..3]))
        );
    }

    [Fact]
    public void Boundary_is_widened_by_a_version_and_AWSs_own_is_replaced()
    {
        var allowed = Identity(PolicyText.Attached(PolicyKind.Identity, Allow));
        var own = PolicyFix.Of(
            Of(
                PolicyText.Alice,
                allowed with
                {
                    Boundary = Policy(PolicyKind.PermissionsBoundary, Elsewhere, "arn:aws:iam::444455556666:policy/b"),
                }
            )
        );
        Assert.Equal(
            "aws iam create-policy-version --policy-arn arn:aws:iam::444455556666:policy/b --policy-document "
                + $"'{Document(Elsewhere, Allow)}' --set-as-default",
            Assert.Single(Assert.Single(own).Commands)
        );

        var aws = Assert.Single(
            PolicyFix.Of(
                Of(
                    PolicyText.Alice,
                    allowed with
                    {
                        Boundary = Policy(PolicyKind.PermissionsBoundary, Elsewhere, "arn:aws:iam::aws:policy/ReadOnlyAccess"),
                    }
                )
            )
        );
        Assert.Equal(
            [
                $"aws iam create-policy --policy-name alice-boundary --policy-document '{Document(Elsewhere, Allow)}'",
                "aws iam put-user-permissions-boundary --user-name alice --permissions-boundary "
                    + "arn:aws:iam::444455556666:policy/alice-boundary",
            ],
            aws.Commands
        );
    }

    [Fact]
    public void Session_policy_cannot_be_changed_by_a_command()
    {
        var policies = Identity(PolicyText.Attached(PolicyKind.Identity, Allow)) with
        {
            Session = [Policy(PolicyKind.Session, Elsewhere, "SessionPolicy")],
        };
        var step = Assert.Single(PolicyFix.Of(Of(PolicyText.Session, policies)));
        Assert.Empty(step.Commands);
        Assert.Equal(Document(Elsewhere, Allow), step.Document);
    }

    [Fact]
    public void Another_account_needs_both_sides()
    {
        var steps = PolicyFix.Of(Of(PolicyText.Stranger, PrincipalPolicies.None));
        Assert.Equal(
            [
                $"aws iam put-user-policy --user-name eve --policy-name AllowInvokeFunction --policy-document '{Document(Allow)}'",
                $"aws lambda add-permission --function-name {PolicyText.Function} --statement-id allow-InvokeFunction --action "
                    + "lambda:InvokeFunction --principal arn:aws:iam::999900001111:user/eve --region us-east-1",
            ],
            steps.Select(step => Assert.Single(step.Commands))
        );
        Assert.Contains("As account 444455556666", steps[1].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Qualified_function_is_named_with_its_qualifier()
    {
        var step = Assert.Single(
            PolicyFix.Of(Of(PolicyText.StrangerRoot, PrincipalPolicies.None, request: $"lambda:InvokeFunction {PolicyText.Function}:live"))
        );
        Assert.Equal(
            $"aws lambda add-permission --function-name {PolicyText.Function} --qualifier live --statement-id allow-InvokeFunction "
                + "--action lambda:InvokeFunction --principal 999900001111 --region us-east-1",
            Assert.Single(step.Commands)
        );
    }

    [Fact]
    public void Resource_of_another_account_without_policy_cannot_be_fixed()
    {
        var steps = PolicyFix.Of(
            Of(
                PolicyText.StrangerRoot,
                PrincipalPolicies.None,
                request: $"iam:GetRole arn:aws:iam::{PolicyText.Account}:role/r",
                takes: false
            )
        );
        Assert.Empty(Assert.Single(steps).Commands);
        Assert.StartsWith("No policy can allow it", steps[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Trust_is_added_with_the_source_of_the_request()
    {
        const string Role = $"arn:aws:iam::{PolicyText.Account}:role/r";
        const string Request =
            $"sts:AssumeRole {Role} aws:SourceAccount={PolicyText.Account} aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c";
        var trusts = "{'Effect':'Allow','Principal':{'Service':'ec2.amazonaws.com'},'Action':'sts:AssumeRole'}";
        var added =
            "{'Effect':'Allow','Principal':{'Service':'rds.amazonaws.com'},'Action':'sts:AssumeRole','Condition':{'StringEquals':{'aws:SourceAccount':'444455556666'},"
            + "'ArnLike':{'aws:SourceArn':'arn:aws:rds:us-east-1:444455556666:cluster:c'}}}";

        var step = Assert.Single(
            PolicyFix.Of(Of(PolicyText.RdsService, PrincipalPolicies.None, Policy(PolicyKind.RoleTrust, trusts, Role), Request))
        );
        Assert.Equal(
            $"aws iam update-assume-role-policy --role-name r --policy-document '{Document(trusts, added)}'",
            Assert.Single(step.Commands)
        );

        var missing = new AttachedPolicy(PolicyKind.RoleTrust, Role, PolicyDocument.Empty);
        Assert.Equal(
            $"aws iam create-role --role-name r --assume-role-policy-document '{Document(added)}'",
            Assert.Single(Assert.Single(PolicyFix.Of(Of(PolicyText.RdsService, PrincipalPolicies.None, missing, Request))).Commands)
        );
    }

    [Fact]
    public void Shell_sees_quotes_as_part_of_the_policy()
    {
        var step = PolicyFix.Of(Of(PolicyText.Alice, PrincipalPolicies.None, request: "s3:GetObject arn:aws:s3:::b/it's;$(reboot)"))[0];
        Assert.Contains("""arn:aws:s3:::b/it'\''s;$(reboot)""", step.Commands[0], StringComparison.Ordinal);
    }
}
