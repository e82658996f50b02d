using System.Text;
using Daybreak.Cloud.Policy;
using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy;

public class PolicyParserTests
{
    private const string Syntax = "Syntax errors in policy.";
    private const string Ok = "{'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': '*'}";
    private const string TrustOk = "{'Effect': 'Allow', 'Principal': {'Service': 'rds.amazonaws.com'}, 'Action': 'sts:AssumeRole'}";

    public static TheoryData<string, string> Identity =>
        new()
        {
            { "", Syntax },
            { "nonsense", Syntax },
            { "[]", Syntax },
            { "'Allow'", Syntax },
            { "{}", Syntax },
            { "{'Version': '2012-10-17'}", Syntax },
            { "{'Version': '2012-10-17', 'Statement': []}", Syntax },
            { "{'Version': '2012-10-17', 'Statement': 'x'}", Syntax },
            { "{'Version': '2012-10-17', 'Statement': [" + Ok + "],}", Syntax },
            { "{'Version': '2012-10-17', 'Statement': [" + Ok + "]} x", Syntax },
            { "{'Version': '2012-10-17', 'Statement': [" + Ok + "]} {}", Syntax },
            { "{'Version': '2012-10-17', /* x */ 'Statement': [" + Ok + "]}", Syntax },
            { "{'Version': '2012-10-18', 'Statement': [" + Ok + "]}", Syntax },
            { "{'Version': 2012, 'Statement': [" + Ok + "]}", Syntax },
            { "{'Version': '2012-10-17', 'Version': '2012-10-17', 'Statement': [" + Ok + "]}", Syntax },
            { "{'Version': '2012-10-17', 'Statement': " + Ok + ", 'Statement': " + Ok + "}", Syntax },
            { "{'Version': '2012-10-17', 'Statements': " + Ok + ", 'Statement': " + Ok + "}", Syntax },
            { "{'Version': '2012-10-17', 'Id': 7, 'Statement': " + Ok + "}", Syntax },
            { "{'version': '2012-10-17', 'Statement': " + Ok + "}", Syntax },
            { Statement("'Action': 'lambda:*', 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Permit', 'Action': 'lambda:*', 'Resource': '*'"), Syntax },
            { Statement("'Effect': ['Allow'], 'Action': 'lambda:*', 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Effect': 'Deny', 'Action': 'lambda:*', 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'NotAction': 'iam:*', 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': '*', 'NotResource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Action': 7, 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Action': ['lambda:*', null], 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Action': [['lambda:*']], 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Action': {'lambda': '*'}, 'Resource': '*'"), Syntax },
            { Statement("'Effect': 'Allow', 'Actions': 'lambda:*', 'Resource': '*'"), Syntax },
            { Statement("'Sid': 7, 'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': '*'"), Syntax },
            { Condition("'StringEqual': {'aws:k': 'v'}"), Syntax },
            { Condition("'stringEquals': {'aws:k': 'v'}"), Syntax },
            { Condition("'ForSomeValues:StringEquals': {'aws:k': 'v'}"), Syntax },
            { Condition("'NullIfExists': {'aws:k': 'true'}"), Syntax },
            { Condition("'StringEquals': 'aws:k'"), Syntax },
            { Condition("'StringEquals': {'aws:k': {'a': 'b'}}"), Syntax },
            { Condition("'StringEquals': {'aws:k': 'v', 'aws:k': 'w'}"), Syntax },
            { Condition("'StringEquals': {'aws:k': 'v'}, 'StringEquals': {'aws:l': 'w'}"), Syntax },
            {
                Statement("'Effect': 'Allow', 'Principal': '*', 'Action': 'lambda:*', 'Resource': '*'"),
                "Policy document should not specify a principal."
            },
            {
                Statement("'Effect': 'Allow', 'NotPrincipal': {'AWS': '*'}, 'Action': 'lambda:*', 'Resource': '*'"),
                "Policy document should not specify a principal."
            },
            { "{'Version': '2008-10-17', 'Statement': " + Ok + "}", "Policy document must be version 2012-10-17 or greater." },
            { "{'Statement': " + Ok + "}", "Policy document must be version 2012-10-17 or greater." },
            {
                Statement("'Sid': 'not ok', 'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': '*'"),
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
            },
            {
                "{'Version': '2012-10-17', 'Statement': [{'Sid': 'A', 'Effect': 'Allow', 'Action': 'a:b', 'Resource': '*'}, {'Sid': "
                    + "'A', 'Effect': 'Allow', 'Action': 'a:b', 'Resource': '*'}]}",
                "Statement IDs (SID) in a single policy must be unique."
            },
            { Statement("'Effect': 'allow', 'Action': 'lambda:*', 'Resource': '*'"), "The policy failed legacy parsing" },
            { Condition("'DateLessThan': {'aws:CurrentTime': 'tomorrow'}"), "The policy failed legacy parsing" },
            { Statement("'Effect': 'Allow', 'Resource': '*'"), "Policy statement must contain actions." },
            { Statement("'Effect': 'Allow', 'Action': [], 'Resource': '*'"), "Policy statement must contain actions." },
            { Statement("'Effect': 'Allow'"), "Policy statement must contain actions." },
            { Statement("'Effect': 'Allow', 'Action': 'lambda:*'"), "Policy statement must contain resources." },
            { Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': []"), "Policy statement must contain resources." },
            {
                Statement("'Effect': 'Allow', 'Action': 'invokefunction', 'Resource': '*'"),
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            },
            {
                Statement("'Effect': 'Allow', 'Action': ['lambda:*', 'x'], 'Resource': '*'"),
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            },
            { Statement("'Effect': 'Allow', 'Action': 'a a:b', 'Resource': '*'"), "Vendor a a is not valid" },
            { Statement("'Effect': 'Allow', 'NotAction': 'lamb_da:b', 'Resource': '*'"), "Vendor lamb_da is not valid" },
            { Statement("'Effect': 'Allow', 'Action': 'lambda:b:c', 'Resource': '*'"), "Actions/Condition can contain only one colon." },
            {
                Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': 'simple'"),
                "Resource simple must be in ARN format or \"*\"."
            },
            {
                Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': 'arn:awz:lambda:us-east-1:444455556666:function:f'"),
                "Partition \"awz\" is not valid for resource \"arn:awz:lambda:us-east-1:444455556666:function:f\"."
            },
            {
                Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': 'a:b'"),
                "Partition \"b\" is not valid for resource \"arn:b:*:*:*:*\"."
            },
            {
                Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': 'arn:aws'"),
                "Resource vendor must be fully qualified and cannot contain regexes."
            },
            { Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': 'arn:aws::x'"), "The policy failed legacy parsing" },
            { Statement("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': 'arn:aws:lambda::x'"), "The policy failed legacy parsing" },
            {
                Statement("'Effect': 'Allow', 'Action': 'iam:*', 'Resource': 'arn:aws:iam:us-east-1:444455556666:role/r'"),
                "IAM resource arn:aws:iam:us-east-1:444455556666:role/r cannot contain region information."
            },
        };

    public static TheoryData<string, string> Trust =>
        new()
        {
            { "nonsense", "This policy contains invalid Json" },
            { "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow',}]}", "This policy contains invalid Json" },
            { "{'Version': '2011-10-17', 'Statement': [" + TrustOk + "]}", "The policy must contain a valid version string" },
            { "{'Version': '2012-10-17'}", "Could not parse the policy: Statement is empty!" },
            { "{'Version': '2012-10-17', 'Statement': []}", "Could not parse the policy: Statement is empty!" },
            { Statement("'Principal': '*', 'Action': 'sts:AssumeRole'"), "Missing required field Effect" },
            { Statement("'Effect': 'Allow', 'Action': 'sts:AssumeRole'"), "Missing required field Principal" },
            { Statement("'Effect': 'Allow', 'Principal': {}, 'Action': 'sts:AssumeRole'"), "Missing required field Principal" },
            { Statement("'Effect': 'Allow', 'Principal': '*'"), "Missing required field Action" },
            {
                Statement("'Effect': 'Allow', 'Principal': '*', 'Action': 'sts:AssumeRole', 'Resource': '*'"),
                "Has prohibited field Resource"
            },
            {
                Statement("'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject'"),
                "AssumeRole policy may only specify STS AssumeRole actions."
            },
            {
                Statement("'Effect': 'Allow', 'Principal': '*', 'Action': ['sts:AssumeRole', 'sts:GetSessionToken']"),
                "AssumeRole policy may only specify STS AssumeRole actions."
            },
            {
                Statement("'Effect': 'Allow', 'Principal': {'Service': 'bad.amazonaws.com'}, 'Action': 'sts:AssumeRole'"),
                "Invalid principal in policy: \"SERVICE\":\"bad.amazonaws.com\""
            },
            {
                Statement("'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::444455556666:user/*'}, 'Action': 'sts:AssumeRole'"),
                "Invalid principal in policy: \"AWS\":\"arn:aws:iam::444455556666:user/*\""
            },
            {
                Statement("'Effect': 'Allow', 'Principal': {'AWS': ['444455556666', '1234']}, 'Action': 'sts:AssumeRole'"),
                "Invalid principal in policy: \"AWS\":\"1234\""
            },
            {
                Statement("'Effect': 'Allow', 'NotPrincipal': {'AWS': '444455556666'}, 'Action': 'sts:AssumeRole'"),
                "Allow with NotPrincipal is not allowed."
            },
            {
                "{'Version': '2012-10-17', 'Statement': ["
                    + TrustOk.Replace("{'E", "{'Sid': 'A', 'E", StringComparison.Ordinal)
                    + ","
                    + TrustOk.Replace("{'E", "{'Sid': 'A', 'E", StringComparison.Ordinal)
                    + "]}",
                "The Statement Ids in the policy are not unique"
            },
        };

    public static TheoryData<string, PolicyDialect> Accepted =>
        new()
        {
            { "{'Version': '2012-10-17', 'Statement': " + Ok + "}", PolicyDialect.ManagedPolicy },
            { "{'Version': '2012-10-17', 'Id': 'x', 'Statement': [" + Ok + "," + Ok + "]}", PolicyDialect.ManagedPolicy },
            { "\n\t {'Statement': [" + Ok + "], 'Version': '2012-10-17'} \n", PolicyDialect.ManagedPolicy },
            { "{'Version': '2008-10-17', 'Statement': " + Ok + "}", PolicyDialect.InlinePolicy },
            { "{'Statement': " + Ok + "}", PolicyDialect.InlinePolicy },
            {
                Statement("'Sid': '', 'Effect': 'Deny', 'NotAction': ['iam:*'], 'NotResource': ['arn:aws:iam::*:role/x']"),
                PolicyDialect.ManagedPolicy
            },
            { Condition("'Null': {'aws:k': true}, 'NumericEquals': {'aws:n': [1, '2', 3.5]}"), PolicyDialect.ManagedPolicy },
            { Condition("'ForAllValues:ArnNotLikeIfExists': {'aws:k': 'arn:aws:iam::444455556666:role/*'}"), PolicyDialect.ManagedPolicy },
            { Condition(""), PolicyDialect.ManagedPolicy },
            { "{'Statement': " + TrustOk + "}", PolicyDialect.TrustPolicy },
            {
                Statement(
                    "'Effect': 'Allow', 'Principal': {'AWS': ['*', '444455556666', 'arn:aws:iam::444455556666:root', "
                        + "'arn:aws:iam::444455556666:role/p/r', 'arn:aws:sts::444455556666:assumed-role/r/s', 'AROARDSROLE0000000001'], 'Service': ['rds.amazonaws.com', 'lambda.amazonaws.com', 'logs.eu-central-1.amazonaws.com'], 'Federated': 'cognito-identity.amazonaws.com'}, 'Action': ['sts:AssumeRole', 'sts:TagSession']"
                ),
                PolicyDialect.TrustPolicy
            },
        };

    [Theory]
    [MemberData(nameof(Identity))]
    public void Managed_policy_is_refused_in_AWSs_words(string document, string text) =>
        AssertRefused(document, PolicyDialect.ManagedPolicy, text);

    [Theory]
    [MemberData(nameof(Trust))]
    public void Trust_policy_is_refused_in_AWSs_words(string document, string text) =>
        AssertRefused(document, PolicyDialect.TrustPolicy, text);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Policy_is_accepted(string document, PolicyDialect dialect) => Assert.NotEmpty(Parse(document, dialect).Statements);

    [Fact]
    public void Every_operator_of_the_reference_is_known()
    {
        string[] families =
        [
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
            "Bool",
            "BinaryEquals",
            "IpAddress",
            "NotIpAddress",
            "ArnEquals",
            "ArnLike",
            "ArnNotEquals",
            "ArnNotLike",
        ];
        foreach (var name in families)
        foreach (var prefix in new[] { "", "ForAllValues:", "ForAnyValue:" })
        foreach (var suffix in new[] { "", "IfExists" })
            Parse(Condition($"'{prefix}{name}{suffix}': {{'aws:k': '2026'}}"), PolicyDialect.ManagedPolicy);
    }

    [Fact]
    public void Statement_knows_its_place_in_the_text()
    {
        // The recorded answer of SimulatePrincipalPolicy starts such a statement at line 1, column 41.
        const string Text = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"}]}""";
        Assert.Equal(
            new TextSpan(new TextPosition(1, 41), new TextPosition(1, 93)),
            Parse(Text, PolicyDialect.ManagedPolicy).Statements[0].Span
        );
        var lines = Parse(Text.Replace("[{", "[\n  {", StringComparison.Ordinal), PolicyDialect.ManagedPolicy);
        Assert.Equal(new TextPosition(2, 3), lines.Statements[0].Span.Start);
    }

    [Fact]
    public void Context_keys_are_listed_once_each()
    {
        var document = Parse(
            "{'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Action': 'a:b', 'Resource': 'arn:aws:s3:::h/${aws:username}', "
                + "'Condition': {'StringEquals': {'aws:UserName': 'x', 'aws:k': '${s3:prefix}'}}}}",
            PolicyDialect.ManagedPolicy
        );
        Assert.Equal(["aws:UserName", "aws:k", "s3:prefix"], document.ContextKeys);
    }

    [Fact]
    public void Size_leaves_out_white_space() => Assert.Equal(10, PolicySize.Of(" { \"a\" :\r\n\t\"bc\" }\u00a0"));

    [Fact]
    public void Ten_thousand_statements_are_read()
    {
        var document = Parse(
            "{'Version': '2012-10-17', 'Statement': [" + string.Join(',', Enumerable.Repeat(Ok, 10_000)) + "]}",
            PolicyDialect.ManagedPolicy
        );
        Assert.Equal(10_000, document.Statements.Length);
    }

    [Theory]
    [InlineData("{'Statement': ", "}")]
    [InlineData("[", "]")]
    [InlineData("{'x': [", "]}")]
    public void Deep_nesting_is_refused(string open, string close)
    {
        var text = new StringBuilder().Insert(0, open, 50_000).Append("''").Insert(0, "{'Version': '2012-10-17', 'Statement': ");
        for (var i = 0; i < 50_000; i++)
            text.Append(close);
        AssertRefused(text.Append('}').ToString(), PolicyDialect.ManagedPolicy, Syntax);
    }

    [Fact]
    public void Lone_surrogates_are_refused()
    {
        AssertRefused("{'Version': '2012-10-17', 'Statement': {'Sid': '\\ud800', 'Effect': 'Allow'}}", PolicyDialect.ManagedPolicy, Syntax);
        AssertRefused("{'Version': '2012-10-17', '\\udfff': {}}", PolicyDialect.TrustPolicy, "This policy contains invalid Json");
    }

    [Fact]
    public void Damaged_documents_never_do_more_than_fail()
    {
        var random = new Random(20260101);
        var seeds = new[]
        {
            "{'Version': '2012-10-17', 'Statement': [{'Sid': 'A', 'Effect': 'Allow', 'Action': ['lambda:In*', 'ec2:?'], 'Resource': "
                + "'arn:aws:s3:::h/${aws:username, 'x'}', 'Condition': {'ForAllValues:StringLikeIfExists': {'aws:k': ['a*', true, 7]}}}]}",
            "{'Statement': " + TrustOk + "}",
        };
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(seeds[round % seeds.Length].Replace('\'', '"'));
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(4))
                {
                    case 0:
                        text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)).Append(' ');
                        break;
                    case 1:
                        text.Insert(at, "{}[]\",:*?$\\\0é\ud83d"[random.Next(14)]);
                        break;
                    case 2:
                        text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 30), text.Length - at)));
                        break;
                    default:
                        text[at] = (char)random.Next(0, 0x120);
                        break;
                }
            }
            foreach (var dialect in Enum.GetValues<PolicyDialect>())
            {
                var parsed = PolicyParser.TryParse(text.ToString(), dialect, out var document, out var defect);
                Assert.Equal(parsed, document is not null);
                Assert.Equal(parsed, defect is null);
                if (document is null)
                    continue;
                // Every policy that parses can be evaluated.
                PolicyEvaluator.Decide(
                    Request($"lambda:InvokeFunction {Function}"),
                    PrincipalPolicies.None with
                    {
                        Identity = [new AttachedPolicy(PolicyKind.Identity, "p", document)],
                    }
                );
            }
        }
    }

    private static void AssertRefused(string document, PolicyDialect dialect, string text)
    {
        Assert.False(
            PolicyParser.TryParse(document.Replace('\'', '"'), dialect, out _, out var defect),
            document.Length < 1000 ? document : "accepted"
        );
        Assert.Equal(text, defect);
    }

    private static string Statement(string elements) => $"{{'Version': '2012-10-17', 'Statement': [{{{elements}}}]}}";

    private static string Condition(string condition) =>
        Statement($"'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': '*', 'Condition': {{{condition}}}");
}
