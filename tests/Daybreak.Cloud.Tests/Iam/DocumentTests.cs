namespace Daybreak.Cloud.Tests.Iam;

/// <summary>Policy documents that are invalid, too long, or designed to be slow, in every operation that accepts one.</summary>
public sealed class DocumentTests(IamWire iam) : IClassFixture<IamWire>
{
    private const string Syntax = "Syntax errors in policy.";
    private const string TrustJson = "This policy contains invalid Json";

    /// <summary>AWS's messages about the document, as a permissions policy and as a trust policy.</summary>
    public static TheoryData<string, string, string, string> Malformed =>
        new()
        {
            { "no JSON", "allow everything", Syntax, TrustJson },
            { "half of JSON", """{"Version":"2012-10-17","Statement":[""", Syntax, TrustJson },
            { "more than JSON", IamWire.Document(IamWire.Allow()) + "{}", Syntax, TrustJson },
            { "a list", "[]", Syntax, TrustJson },
            { "a comment", "/* */" + IamWire.Document(IamWire.Allow()), Syntax, TrustJson },
            {
                "a NUL of JSON",
                """{"Version":"2012-10-17\u0000","Statement":[]}""",
                Syntax,
                "The policy must contain a valid version string"
            },
            { "two Versions", """{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}""", Syntax, TrustJson },
            { "two Effects", IamWire.Document(IamWire.Allow(more: ",\"Effect\":\"Deny\"")), Syntax, TrustJson },
            { "two Actions", IamWire.Document(IamWire.Allow(more: ",\"Action\":\"s3:*\"")), Syntax, TrustJson },
            {
                "two of one operator",
                IamWire.Document(IamWire.Allow(more: ""","Condition":{"Bool":{"a:b":"true"},"Bool":{"a:b":"true"}}""")),
                Syntax,
                TrustJson
            },
            {
                "two of one key",
                IamWire.Document(IamWire.Allow(more: ""","Condition":{"Bool":{"a:b":"true","a:b":"true"}}""")),
                Syntax,
                TrustJson
            },
            {
                "an unknown operator",
                IamWire.Document(IamWire.Allow(more: ""","Condition":{"StringResembles":{"a:b":"c"}}""")),
                Syntax,
                ""
            },
            { "IfExists of Null", IamWire.Document(IamWire.Allow(more: ""","Condition":{"NullIfExists":{"a:b":"true"}}""")), Syntax, "" },
            { "an unknown element", IamWire.Document(IamWire.Allow(more: ",\"Because\":\"x\"")), Syntax, "" },
            {
                "nesting",
                IamWire.Document(IamWire.Allow(more: $",\"Because\":{new string('[', 900)}{new string(']', 900)}")),
                Syntax,
                TrustJson
            },
        };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Documents_that_are_none_are_refused_everywhere(string what, string document, string message, string ofTrust)
    {
        foreach (var (action, parameters) in Takers("PolicyDocument", document))
            await iam.AssertRefusedAsync(() => iam.SendAsync(action, parameters), 400, "MalformedPolicyDocument", message);
        if (ofTrust.Length == 0)
            return;
        foreach (var (action, parameters) in TrustTakers(document))
            await iam.AssertRefusedAsync(() => iam.SendAsync(action, parameters), 400, "MalformedPolicyDocument", ofTrust);
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("é 😀")]
    [InlineData("\u0000")]
    [InlineData("\u001b")]
    public async Task Characters_that_no_document_has_are_refused(string odd)
    {
        var document = IamWire.Document(IamWire.Allow($"s3:{odd}"));
        const string Text =
            "1 validation error detected: Value at 'policyDocument' failed to satisfy constraint: "
            + @"Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+";

        foreach (var (action, parameters) in Takers("PolicyDocument", document))
            await iam.AssertRefusedAsync(() => iam.SendAsync(action, parameters), 400, "ValidationError", Text);
    }

    [Fact]
    public async Task Ten_thousand_statements_are_longer_than_any_document()
    {
        var document = IamWire.Document([.. Enumerable.Repeat(IamWire.Allow(), 10_000)]);
        const string Text =
            "1 validation error detected: Value at 'policyDocument' failed to satisfy constraint: Member must have length less than "
            + "or equal to 131072";

        foreach (var (action, parameters) in Takers("PolicyDocument", document))
            await iam.AssertRefusedAsync(() => iam.SendAsync(action, parameters), 400, "ValidationError", Text);
    }

    [Theory]
    [InlineData("CreatePolicy", "PolicyName", "new", 6144, "Cannot exceed quota for PolicySize: 6144")]
    [InlineData("PutUserPolicy", "UserName", "there", 2048, "Maximum policy size of 2048 bytes exceeded for user there")]
    [InlineData("PutGroupPolicy", "GroupName", "there", 5120, "Maximum policy size of 5120 bytes exceeded for group there")]
    [InlineData("PutRolePolicy", "RoleName", "there", 10240, "Maximum policy size of 10240 bytes exceeded for role there")]
    public async Task One_character_over_the_quota_is_too_much(string action, string member, string name, int quota, string message)
    {
        (string, string)[] Parameters(int size) =>
            action == "CreatePolicy"
                ? [(member, name), ("PolicyDocument", OfSize(size))]
                : [(member, name), ("PolicyName", "in"), ("PolicyDocument", OfSize(size))];

        await iam.AssertRefusedAsync(() => iam.SendAsync(action, Parameters(quota + 1)), 409, "LimitExceeded", message);
        (await iam.SendAsync(action, Parameters(quota))).Ok();
        if (action == "CreatePolicy")
            return;

        // The quota applies to all inline policies together.
        await iam.AssertRefusedAsync(
            () => iam.SendAsync(action, (member, name), ("PolicyName", "another"), ("PolicyDocument", IamWire.Document(IamWire.Allow()))),
            409,
            "LimitExceeded",
            message
        );
        (await iam.SendAsync(action.Replace("Put", "Delete", StringComparison.Ordinal), (member, name), ("PolicyName", "in"))).Ok();
    }

    [Fact]
    public async Task A_version_and_a_trust_policy_have_their_quotas()
    {
        await iam.AssertRefusedAsync(
            () => iam.SendAsync("CreatePolicyVersion", ("PolicyArn", IamWire.PolicyArn), ("PolicyDocument", OfSize(6145))),
            409,
            "LimitExceeded",
            "Cannot exceed quota for PolicySize: 6144"
        );
        var trust = IamWire.Trust.Replace(
            "\"Effect\"",
            $"\"Sid\":\"{new string('s', 2049 - IamWire.Trust.Length - 9)}\",\"Effect\"",
            StringComparison.Ordinal
        );
        Assert.Equal(2049, trust.Length);
        foreach (var (action, parameters) in TrustTakers(trust))
            await iam.AssertRefusedAsync(
                () => iam.SendAsync(action, parameters),
                409,
                "LimitExceeded",
                "Cannot exceed quota for ACLSizePerRole: 2048"
            );
    }

    /// <summary>They are policies like any other; a matcher that goes back for every star would never answer.</summary>
    [Fact]
    public async Task Nested_wildcards_are_taken_and_decided()
    {
        var patterns = new[]
        {
            string.Concat(Enumerable.Repeat("*a", 900)) + "b",
            string.Concat(Enumerable.Repeat("?*a", 600)) + "b",
        }.Select(static pattern => $"\"arn:aws:iam::444455556666:user/{pattern}\"");
        (
            await iam.SendAsync(
                "CreatePolicy",
                ("PolicyName", "slow"),
                (
                    "PolicyDocument",
                    IamWire.Document($$"""{"Effect":"Allow","Action":"iam:*","Resource":[{{string.Join(',', patterns)}}]}""")
                )
            )
        ).Ok();
        (await iam.SendAsync("CreateUser", ("UserName", "slow"), ("Path", $"/{new string('a', 510)}/"))).Ok();
        (await iam.SendAsync("AttachUserPolicy", ("UserName", "slow"), ("PolicyArn", "arn:aws:iam::444455556666:policy/slow"))).Ok();

        var decided = (
            await iam.SendAsync(
                "SimulatePrincipalPolicy",
                ("PolicySourceArn", $"arn:aws:iam::444455556666:user/{new string('a', 510)}/slow"),
                ("ActionNames.member.1", "iam:GetUser"),
                ("ResourceArns.member.1", $"arn:aws:iam::444455556666:user/{new string('a', 2000)}")
            )
        ).Ok();

        Assert.Equal("implicitDeny", decided.Descendants().First(static element => element.Name.LocalName == "EvalDecision").Value);
    }

    private static IEnumerable<(string Action, (string, string)[] Parameters)> Takers(string member, string document)
    {
        yield return ("CreatePolicy", [("PolicyName", "new"), (member, document)]);
        yield return ("CreatePolicyVersion", [("PolicyArn", IamWire.PolicyArn), (member, document), ("SetAsDefault", "true")]);
        foreach (var kind in new[] { "User", "Group", "Role" })
            yield return ($"Put{kind}Policy", [($"{kind}Name", "there"), ("PolicyName", "new"), (member, document)]);
    }

    private static IEnumerable<(string Action, (string, string)[] Parameters)> TrustTakers(string document)
    {
        yield return ("CreateRole", [("RoleName", "new"), ("AssumeRolePolicyDocument", document)]);
        yield return ("UpdateAssumeRolePolicy", [("RoleName", "there"), ("PolicyDocument", document)]);
    }

    /// <summary>A good policy of so many characters that are no white space, and some that are.</summary>
    private static string OfSize(int size)
    {
        var empty = IamWire.Document(IamWire.Allow("s3:"));
        return $" {IamWire.Document(IamWire.Allow("s3:" + new string('x', size - empty.Length)))}\n";
    }
}
