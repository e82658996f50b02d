using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy.Matching;

/// <summary>Rules: IAM User Guide, "IAM policy elements: Variables and tags".</summary>
public class PolicyVariableTests
{
    private const string Home = "arn:aws:s3:::home/";

    public static TheoryData<string, string, string, string, bool> Cases =>
        new()
        {
            // rule, version, resource pattern, resource and keys, covered
            { "A variable stands for the request's value", "2012-10-17", "arn:aws:s3:::home/${aws:username}/*", Home + "alice/x", true },
            { "… and for no other", "2012-10-17", "arn:aws:s3:::home/${aws:username}/*", Home + "bob/x", false },
            { "Variables ignore case", "2012-10-17", "arn:aws:s3:::home/${AWS:UserName}/*", Home + "alice/x", true },
            { "Under 2008-10-17 a variable is plain text", "2008-10-17", "arn:aws:s3:::home/${aws:username}/*", Home + "alice/x", false },
            {
                "A variable without value does not match",
                "2012-10-17",
                "arn:aws:s3:::home/${aws:PrincipalTag/team}/*",
                Home + "x/x",
                false
            },
            {
                "A variable without value does not match the empty text",
                "2012-10-17",
                "arn:aws:s3:::home/${aws:PrincipalTag/team}",
                Home,
                false
            },
            { "A default stands in", "2012-10-17", "arn:aws:s3:::home/${aws:PrincipalTag/team, 'all'}/*", Home + "all/x", true },
            {
                "A value goes before the default",
                "2012-10-17",
                "arn:aws:s3:::home/${aws:PrincipalTag/team, 'all'}/*",
                Home + "red/x aws:PrincipalTag/team=red",
                true
            },
            {
                "A value goes before the default, which no longer matches",
                "2012-10-17",
                "arn:aws:s3:::home/${aws:PrincipalTag/team, 'all'}/*",
                Home + "all/x aws:PrincipalTag/team=red",
                false
            },
            { "A * in a value is no wildcard", "2012-10-17", "arn:aws:s3:::home/${aws:k}", Home + "anything aws:k=*", false },
            { "A * in a value is itself", "2012-10-17", "arn:aws:s3:::home/${aws:k}", Home + "* aws:k=*", true },
            { "${*} is a plain *", "2012-10-17", "arn:aws:s3:::home/${*}", Home + "*", true },
            { "${*} is no wildcard", "2012-10-17", "arn:aws:s3:::home/${*}", Home + "x", false },
            { "${?} is a plain ?", "2012-10-17", "arn:aws:s3:::home/${?}", Home + "x", false },
            { "${$} is a plain $", "2012-10-17", "arn:aws:s3:::home/${$}{aws:username}", Home + "${aws:username}", true },
            { "A key of several values is no variable", "2012-10-17", "arn:aws:s3:::home/${aws:k}", Home + "a aws:k=a|b", false },
            {
                "A value with a colon does not reach into the next part",
                "2012-10-17",
                "arn:aws:sqs:${aws:k}:444455556666:q",
                "arn:aws:sqs:a:b:444455556666:q aws:k=a:b",
                false
            },
            {
                "Variables in several parts",
                "2012-10-17",
                "arn:aws:lambda:${aws:RequestedRegion}:${aws:PrincipalAccount}:function:${aws:username}",
                "arn:aws:lambda:eu-west-1:444455556666:function:alice aws:RequestedRegion=eu-west-1",
                true
            },
            { "An unclosed ${ is plain text", "2012-10-17", "arn:aws:s3:::home/${aws:username", Home + "${aws:username", true },
        };

    public static TheoryData<string, string, string, bool> Conditions =>
        new()
        {
            { "In StringEquals", "'StringEquals': {'s3:prefix': '${aws:username}'}", "s3:prefix=alice", true },
            { "In StringLike, beside wildcards", "'StringLike': {'s3:prefix': '${aws:username}/*'}", "s3:prefix=alice/x", true },
            { "In StringEqualsIgnoreCase", "'StringEqualsIgnoreCase': {'s3:prefix': '${aws:username}'}", "s3:prefix=ALICE", true },
            {
                "In ArnLike",
                "'ArnLike': {'aws:SourceArn': 'arn:aws:rds:*:${aws:PrincipalAccount}:*'}",
                "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:db:d",
                true
            },
            { "In StringNotEquals", "'StringNotEquals': {'s3:prefix': '${aws:username}'}", "s3:prefix=alice", false },
            { "Unresolved in a positive operator", "'StringEquals': {'s3:prefix': '${aws:none}'}", "s3:prefix=alice", false },
            {
                "Another value of the list still counts",
                "'StringEquals': {'s3:prefix': ['${aws:none}', 'alice']}",
                "s3:prefix=alice",
                true
            },
            { "Not in numeric operators", "'NumericEquals': {'aws:n': '${aws:m}'}", "aws:n=1 aws:m=1", false },
            {
                "Tags of caller and resource compared",
                "'StringEquals': {'aws:ResourceTag/team': '${aws:PrincipalTag/team}'}",
                "aws:ResourceTag/team=red aws:PrincipalTag/team=red",
                true
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Variable_in_a_resource(string rule, string version, string pattern, string request, bool covered)
    {
        var decision = Decide(
            $"{{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"{pattern}\"}}".Replace(
                "'all'",
                "\\u0027all\\u0027",
                StringComparison.Ordinal
            ),
            $"s3:GetObject {request}",
            version: version
        );
        Assert.True(covered == decision.IsAllowed, rule);
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Variable_in_a_condition(string rule, string condition, string keys, bool holds)
    {
        var decision = Decide(
            $"{{'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {{{condition}}}}}",
            $"s3:ListBucket arn:aws:s3:::home {keys}"
        );
        Assert.True(holds == decision.IsAllowed, rule);
    }
}
