using Daybreak.Cloud.Policy;
using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy;

/// <summary>How policies of several kinds combine. Rules: IAM User Guide, "Policy evaluation logic" and its pages on single and
/// cross-account requests.</summary>
public class EvaluationLogicTests
{
    private const string Allow = "{'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': '*'}";
    private const string AllowOther = "{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}";
    private const string Deny = "{'Effect': 'Deny', 'Action': 'lambda:InvokeFunction', 'Resource': '*'}";
    private const string None = "";

    private const string AliceArn = "arn:aws:iam::444455556666:user/alice";
    private const string RoleArn = "arn:aws:iam::444455556666:role/service/rds-role";
    private const string SessionArn = "arn:aws:sts::444455556666:assumed-role/rds-role/s1";
    private const string AccountRoot = "arn:aws:iam::444455556666:root";

    public static TheoryData<string, string, string, string, string, string, string> Cases =>
        new()
        {
            // rule, caller, identity, boundary, session policy, principal of the resource's Allow (or a whole statement), decision
            { "Nothing allows", "alice", None, None, None, None, "ImplicitDeny Identity" },
            { "An identity policy allows", "alice", Allow, None, None, None, "Allow Identity" },
            { "An identity policy that does not apply", "alice", AllowOther, None, None, None, "ImplicitDeny Identity" },
            { "Deny outweighs Allow", "alice", Allow + "," + Deny, None, None, None, "ExplicitDeny Identity" },
            { "Deny outweighs Allow in any order", "alice", Deny + "," + Allow, None, None, None, "ExplicitDeny Identity" },
            { "Boundary and identity both allow", "alice", Allow, Allow, None, None, "Allow Identity" },
            { "A boundary does not grant", "alice", None, Allow, None, None, "ImplicitDeny Identity" },
            { "A boundary limits", "alice", Allow, AllowOther, None, None, "ImplicitDeny PermissionsBoundary" },
            { "A boundary denies", "alice", Allow, Allow + "," + Deny, None, None, "ExplicitDeny PermissionsBoundary" },
            { "Session policy and role both allow", "session", Allow, None, Allow, None, "Allow Identity" },
            { "A session policy does not grant", "session", None, None, Allow, None, "ImplicitDeny Identity" },
            { "A session policy limits", "session", Allow, None, AllowOther, None, "ImplicitDeny Session" },
            { "A session policy denies", "session", Allow, None, Allow + "," + Deny, None, "ExplicitDeny Session" },
            {
                "Boundary is asked before the session policy",
                "session",
                Allow,
                AllowOther,
                AllowOther,
                None,
                "ImplicitDeny PermissionsBoundary"
            },
            { "Root may all", "root", None, None, None, None, "Allow null" },
            {
                "Root is stopped by the resource's Deny",
                "root",
                None,
                None,
                None,
                "{'Effect': 'Deny', 'Principal': '*', 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            { "Resource names the user: enough", "alice", None, None, None, AliceArn, "Allow Resource" },
            { "Resource names the user: the boundary does not limit", "alice", None, AllowOther, None, AliceArn, "Allow Resource" },
            {
                "Resource names the user: the boundary's Deny still counts",
                "alice",
                None,
                Deny,
                None,
                AliceArn,
                "ExplicitDeny PermissionsBoundary"
            },
            { "Resource names the user: an identity Deny still counts", "alice", Deny, None, None, AliceArn, "ExplicitDeny Identity" },
            { "Resource names another user", "alice", None, None, None, "arn:aws:iam::444455556666:user/bob", "ImplicitDeny Identity" },
            { "Resource names the account: identity must allow too", "alice", None, None, None, AccountRoot, "ImplicitDeny Identity" },
            { "Resource names the account, identity allows", "alice", Allow, None, None, AccountRoot, "Allow Identity" },
            { "Resource names the account by number", "alice", Allow, None, None, "444455556666", "Allow Identity" },
            { "Resource names everyone", "alice", None, None, None, "*", "Allow Resource" },
            { "Resource names the session: enough", "session", None, None, None, SessionArn, "Allow Resource" },
            {
                "Resource names the session: boundary and session policy do not limit",
                "session",
                None,
                AllowOther,
                AllowOther,
                SessionArn,
                "Allow Resource"
            },
            {
                "Resource names another session",
                "session",
                None,
                None,
                None,
                "arn:aws:sts::444455556666:assumed-role/rds-role/s2",
                "ImplicitDeny Identity"
            },
            { "Resource names the role: no identity policy needed", "session", None, None, None, RoleArn, "Allow Resource" },
            {
                "Resource names the role: the boundary limits",
                "session",
                None,
                AllowOther,
                None,
                RoleArn,
                "ImplicitDeny PermissionsBoundary"
            },
            { "Resource names the role: the session policy limits", "session", None, None, AllowOther, RoleArn, "ImplicitDeny Session" },
            { "Resource names the role: both allow", "session", None, Allow, Allow, RoleArn, "Allow Resource" },
            {
                "Resource denies",
                "alice",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'Principal': {'AWS': '" + AliceArn + "'}, 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            {
                "Resource denies the account: all in it",
                "alice",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'Principal': {'AWS': '" + AccountRoot + "'}, 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            {
                "Resource denies the role: every session of it",
                "session",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'Principal': {'AWS': '" + RoleArn + "'}, 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            {
                "Resource denies another",
                "alice",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'Principal': {'AWS': '" + RoleArn + "'}, 'Action': 'lambda:*', 'Resource': '*'}",
                "Allow Identity"
            },
            {
                "NotPrincipal denies who is not listed",
                "alice",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'NotPrincipal': {'AWS': ['" + RoleArn + "']}, 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            {
                "NotPrincipal spares who is listed with the account",
                "alice",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'NotPrincipal': {'AWS': ['"
                    + AliceArn
                    + "', '"
                    + AccountRoot
                    + "']}, 'Action': 'lambda:*', 'Resource': '*'}",
                "Allow Identity"
            },
            {
                "NotPrincipal denies a user listed without the account",
                "alice",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'NotPrincipal': {'AWS': ['" + AliceArn + "']}, 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            {
                "NotPrincipal spares a session listed with role and account",
                "session",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'NotPrincipal': {'AWS': ['"
                    + SessionArn
                    + "', '"
                    + RoleArn
                    + "', '"
                    + AccountRoot
                    + "']}, 'Action': 'lambda:*', 'Resource': '*'}",
                "Allow Identity"
            },
            {
                "NotPrincipal denies a session listed without its role",
                "session",
                Allow,
                None,
                None,
                "{'Effect': 'Deny', 'NotPrincipal': {'AWS': ['"
                    + SessionArn
                    + "', '"
                    + AccountRoot
                    + "']}, 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            {
                "Resource's Allow for another action",
                "alice",
                None,
                None,
                None,
                "{'Effect': 'Allow', 'Principal': '*', 'Action': 'lambda:GetFunction', 'Resource': '*'}",
                "ImplicitDeny Identity"
            },
            {
                "Resource's Allow for another resource",
                "alice",
                None,
                None,
                None,
                "{'Effect': 'Allow', 'Principal': '*', 'Action': 'lambda:*', 'Resource': '" + Function + ":1'}",
                "ImplicitDeny Identity"
            },
            { "Other account: both sides allow", "eve", Allow, None, None, "arn:aws:iam::999900001111:user/eve", "Allow Identity" },
            {
                "Other account: the resource names the account",
                "eve",
                Allow,
                None,
                None,
                "arn:aws:iam::999900001111:root",
                "Allow Identity"
            },
            { "Other account: the resource does not allow", "eve", Allow, None, None, None, "ImplicitDeny Resource" },
            {
                "Other account: the resource names another account",
                "eve",
                Allow,
                None,
                None,
                "arn:aws:iam::111122223333:root",
                "ImplicitDeny Resource"
            },
            {
                "Other account: the resource's Allow is not enough",
                "eve",
                None,
                None,
                None,
                "arn:aws:iam::999900001111:user/eve",
                "ImplicitDeny Identity"
            },
            { "Other account: everyone is not enough either", "eve", None, None, None, "*", "ImplicitDeny Identity" },
            {
                "Other account: the boundary limits",
                "eve",
                Allow,
                AllowOther,
                None,
                "arn:aws:iam::999900001111:user/eve",
                "ImplicitDeny PermissionsBoundary"
            },
            {
                "Other account: a Deny counts",
                "eve",
                Allow + "," + Deny,
                None,
                None,
                "arn:aws:iam::999900001111:user/eve",
                "ExplicitDeny Identity"
            },
            { "Other account's root: the resource must allow", "eve-root", None, None, None, None, "ImplicitDeny Resource" },
            { "Other account's root: the resource allows its account", "eve-root", None, None, None, "999900001111", "Allow null" },
            {
                "A service needs only the resource's Allow",
                "rds",
                None,
                None,
                None,
                "{'Effect': 'Allow', 'Principal': {'Service': 'rds.amazonaws.com'}, 'Action': 'lambda:*', 'Resource': '*'}",
                "Allow Resource"
            },
            {
                "A service that is not named",
                "rds",
                None,
                None,
                None,
                "{'Effect': 'Allow', 'Principal': {'Service': 's3.amazonaws.com'}, 'Action': 'lambda:*', 'Resource': '*'}",
                "ImplicitDeny Resource"
            },
            { "A service is not an account", "rds", Allow, None, None, AccountRoot, "ImplicitDeny Resource" },
            {
                "A service is denied",
                "rds",
                None,
                None,
                None,
                "{'Effect': 'Deny', 'Principal': '*', 'Action': 'lambda:*', 'Resource': '*'}",
                "ExplicitDeny Resource"
            },
            {
                "A service's source account must agree",
                "rds",
                None,
                None,
                None,
                "{'Effect': 'Allow', 'Principal': {'Service': 'rds.amazonaws.com'}, 'Action': 'lambda:*', 'Resource': '*', "
                    + "'Condition': {'StringEquals': {'aws:SourceAccount': '111122223333'}}}",
                "ImplicitDeny Resource"
            },
            { "Who did not sign: everyone", "anonymous", None, None, None, "*", "Allow Resource" },
            { "Who did not sign: nobody", "anonymous", None, None, None, None, "ImplicitDeny Resource" },
            { "Federated user: session policy limits", "federated", Allow, None, AllowOther, None, "ImplicitDeny Session" },
            {
                "Federated user named by the resource",
                "federated",
                None,
                None,
                AllowOther,
                "arn:aws:sts::444455556666:federated-user/fred",
                "Allow Resource"
            },
        };

    public static TheoryData<string, string, string, string, string> Trust =>
        new()
        {
            // rule, caller, identity policy, trust statement's principal and condition, decision
            {
                "The trust policy names the user: enough within the account",
                "alice",
                None,
                "'AWS': '" + AliceArn + "'",
                "Allow RoleTrust"
            },
            {
                "The trust policy names the account: identity must allow too",
                "alice",
                None,
                "'AWS': '" + AccountRoot + "'",
                "ImplicitDeny Identity"
            },
            {
                "The trust policy names the account, identity allows",
                "alice",
                "{'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Resource': '" + RoleArn + "'}",
                "'AWS': '" + AccountRoot + "'",
                "Allow Identity"
            },
            {
                "Identity allows, the trust policy does not",
                "alice",
                "{'Effect': 'Allow', 'Action': 'sts:*', 'Resource': '*'}",
                "'AWS': 'arn:aws:iam::444455556666:user/bob'",
                "ImplicitDeny RoleTrust"
            },
            {
                "Within the account the trust policy is needed too",
                "alice",
                "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}",
                "'Service': 'ec2.amazonaws.com'",
                "ImplicitDeny RoleTrust"
            },
            { "The user's unique id is the user", "alice", None, "'AWS': 'AIDAALICE000000000001'", "Allow RoleTrust" },
            { "The role's unique id is the role", "session", None, "'AWS': 'AROARDSROLE0000000001'", "Allow RoleTrust" },
            { "The service is trusted", "rds", None, "'Service': 'rds.amazonaws.com'", "Allow RoleTrust" },
            { "Another service is trusted", "rds", None, "'Service': 'lambda.amazonaws.com'", "ImplicitDeny RoleTrust" },
            {
                "One of several services is trusted",
                "rds",
                None,
                "'Service': ['lambda.amazonaws.com', 'rds.amazonaws.com']",
                "Allow RoleTrust"
            },
            { "Everyone in AWS is no service", "rds", None, "'AWS': '" + AccountRoot + "'", "ImplicitDeny RoleTrust" },
            { "Other account: identity must allow", "eve", None, "'AWS': 'arn:aws:iam::999900001111:user/eve'", "ImplicitDeny Identity" },
            {
                "Other account: both allow",
                "eve",
                "{'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Resource': '*'}",
                "'AWS': 'arn:aws:iam::999900001111:root'",
                "Allow Identity"
            },
            {
                "External id agrees",
                "alice",
                None,
                "'AWS': '" + AliceArn + "'}, 'Condition': {'StringEquals': {'sts:ExternalId': 'x'}",
                "Allow RoleTrust"
            },
            {
                "External id is asked for and differs",
                "alice",
                None,
                "'AWS': '" + AliceArn + "'}, 'Condition': {'StringEquals': {'sts:ExternalId': 'y'}",
                "ImplicitDeny RoleTrust"
            },
            {
                "Source account agrees",
                "rds",
                None,
                "'Service': 'rds.amazonaws.com'}, 'Condition': {'StringEquals': {'aws:SourceAccount': '444455556666'}, 'ArnLike': "
                    + "{'aws:SourceArn': 'arn:aws:rds:*:444455556666:cluster:*'}",
                "Allow RoleTrust"
            },
            {
                "Source ARN differs",
                "rds",
                None,
                "'Service': 'rds.amazonaws.com'}, 'Condition': {'ArnLike': {'aws:SourceArn': 'arn:aws:rds:*:444455556666:db:*'}",
                "ImplicitDeny RoleTrust"
            },
            {
                "An identity Deny of AssumeRole",
                "alice",
                "{'Effect': 'Deny', 'Action': 'sts:AssumeRole', 'Resource': '*'}",
                "'AWS': '" + AliceArn + "'",
                "ExplicitDeny Identity"
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Request_is_decided(
        string rule,
        string caller,
        string identity,
        string boundary,
        string session,
        string resource,
        string expected
    )
    {
        var policies = new PrincipalPolicies(
            identity == None ? [] : [Attached(PolicyKind.Identity, identity)],
            boundary == None ? null : Attached(PolicyKind.PermissionsBoundary, boundary),
            session == None ? [] : [Attached(PolicyKind.Session, session)]
        );
        var statement = resource.StartsWith('{')
            ? resource
            : $"{{'Effect': 'Allow', 'Principal': {{'AWS': '{resource}'}}, 'Action': 'lambda:InvokeFunction', 'Resource': '{Function}'}}";
        var decision = PolicyEvaluator.Decide(
            Request($"lambda:InvokeFunction {Function} aws:SourceAccount=444455556666", Caller(caller)),
            policies,
            resource == None ? null : Attached(PolicyKind.Resource, statement)
        );
        AssertDecision(rule, expected, decision);
    }

    [Theory]
    [MemberData(nameof(Trust))]
    public void Assuming_a_role_is_decided(string rule, string caller, string identity, string principal, string expected)
    {
        var trust = Attached(PolicyKind.RoleTrust, $"{{'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Principal': {{{principal}}}}}");
        var decision = PolicyEvaluator.Decide(
            Request(
                $"sts:AssumeRole {RoleArn} sts:ExternalId=x aws:SourceAccount=444455556666 "
                    + "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c",
                Caller(caller)
            ),
            PrincipalPolicies.None with
            {
                Identity = identity == None ? [] : [Attached(PolicyKind.Identity, identity)],
            },
            trust
        );
        AssertDecision(rule, expected, decision);
    }

    [Fact]
    public void Deciding_statements_are_named()
    {
        var first = Attached(PolicyKind.Identity, AllowOther + "," + Allow) with { Id = "first" };
        var second = Attached(
            PolicyKind.Identity,
            "{'Sid': 'NotThis', 'Effect': 'Deny', 'Action': 'lambda:DeleteFunction', 'Resource': '*'}"
        ) with
        {
            Id = "second",
        };
        var policies = PrincipalPolicies.None with { Identity = [first, second] };

        var allowed = PolicyEvaluator.Decide(Request($"lambda:InvokeFunction {Function}"), policies);
        Assert.Equal([new DecidingStatement(first, 1)], allowed.Statements);

        var denied = PolicyEvaluator.Decide(Request($"lambda:DeleteFunction {Function}"), policies);
        Assert.Equal([new DecidingStatement(second, 0)], denied.Statements);
        Assert.Equal("NotThis", denied.Statements[0].Statement.Sid);
    }

    [Fact]
    public void More_statements_than_the_stack_holds_are_all_named()
    {
        var policy = Attached(PolicyKind.Identity, string.Join(',', Enumerable.Repeat(Allow, 100)));
        var decision = PolicyEvaluator.Decide(
            Request($"lambda:InvokeFunction {Function}"),
            PrincipalPolicies.None with
            {
                Identity = [policy],
            }
        );
        Assert.Equal(Enumerable.Range(0, 100), decision.Statements.Select(s => s.Index));
    }

    private static void AssertDecision(string rule, string expected, Decision decision)
    {
        Assert.True(
            expected == $"{decision.Outcome} {decision.DecidedBy?.ToString() ?? "null"}",
            $"{rule}: {decision.Outcome} {decision.DecidedBy}"
        );
        if (decision.Outcome == Outcome.ImplicitDeny)
            Assert.Empty(decision.Statements);
        else if (decision.DecidedBy is not null)
            Assert.NotEmpty(decision.Statements);
    }

    private static Principal Caller(string name) =>
        name switch
        {
            "alice" => Alice,
            "session" => Session,
            "root" => Root,
            "eve" => Stranger,
            "eve-root" => StrangerRoot,
            "rds" => RdsService,
            "anonymous" => new Principal.Anonymous(),
            "federated" => new Principal.FederatedUser(Account, "arn:aws:sts::444455556666:federated-user/fred", "fred"),
            _ => throw new ArgumentException(name),
        };
}
