using Daybreak.Cloud.Policy;
using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy.Matching;

/// <summary>Which actions and resources a statement covers. Rules: IAM User Guide, "IAM JSON policy elements: Action, NotAction, Resource,
/// NotResource".</summary>
public class StatementMatchingTests
{
    public static TheoryData<string, string, string, string, bool> Actions =>
        new()
        {
            // rule, element, pattern, action asked for, covered
            { "Action names one operation", "Action", "lambda:InvokeFunction", "lambda:InvokeFunction", true },
            { "Action names one operation, no other", "Action", "lambda:InvokeFunction", "lambda:GetFunction", false },
            { "The service is part of the name", "Action", "lambda:InvokeFunction", "ec2:InvokeFunction", false },
            { "Case of the operation does not matter", "Action", "lambda:invokefunction", "lambda:InvokeFunction", true },
            { "Case of the service does not matter", "Action", "LAMBDA:InvokeFunction", "lambda:InvokeFunction", true },
            { "* alone is every action", "Action", "*", "lambda:InvokeFunction", true },
            { "service:* is every action of the service", "Action", "lambda:*", "lambda:InvokeFunction", true },
            { "service:* is no action of another service", "Action", "lambda:*", "logs:CreateLogGroup", false },
            { "*:* is every action", "Action", "*:*", "logs:CreateLogGroup", true },
            { "* at the end", "Action", "lambda:Invoke*", "lambda:InvokeFunction", true },
            { "* stands for nothing too", "Action", "lambda:InvokeFunction*", "lambda:InvokeFunction", true },
            { "* in front", "Action", "lambda:*Function", "lambda:InvokeFunction", true },
            { "* in the middle", "Action", "lambda:In*ion", "lambda:InvokeFunction", true },
            { "* in several places", "Action", "lambda:*o*e*u*c*n", "lambda:InvokeFunction", true },
            { "* in several places, one letter missing", "Action", "lambda:*o*e*z*c*n", "lambda:InvokeFunction", false },
            { "? is one character", "Action", "lambda:InvokeFunctio?", "lambda:InvokeFunction", true },
            { "? is not none", "Action", "lambda:InvokeFunction?", "lambda:InvokeFunction", false },
            { "? is not two", "Action", "lambda:InvokeFuncti?", "lambda:InvokeFunction", false },
            { "A prefix without * is another action", "Action", "lambda:Invoke", "lambda:InvokeFunction", false },
            { "A longer name is another action", "Action", "lambda:InvokeFunctionUrl", "lambda:InvokeFunction", false },
            { "NotAction covers all but the named", "NotAction", "iam:*", "lambda:InvokeFunction", true },
            { "NotAction does not cover the named", "NotAction", "lambda:*", "lambda:InvokeFunction", false },
            { "NotAction ignores case", "NotAction", "LAMBDA:invoke*", "lambda:InvokeFunction", false },
        };

    public static TheoryData<string, string, string, string, bool> Resources =>
        new()
        {
            { "Resource names one ARN", "Resource", Function, Function, true },
            { "Case of a resource matters", "Resource", "arn:aws:lambda:us-east-1:444455556666:function:Simple", Function, false },
            { "* alone is every resource", "Resource", "*", Function, true },
            { "* alone covers an action without resource", "Resource", "*", "*", true },
            { "An ARN does not cover an action without resource", "Resource", "arn:aws:lambda:*:*:*", "*", false },
            { "* in the name", "Resource", "arn:aws:lambda:us-east-1:444455556666:function:sim*", Function, true },
            { "* in the region", "Resource", "arn:aws:lambda:*:444455556666:function:simple", Function, true },
            { "* as a part of the region", "Resource", "arn:aws:lambda:us-*:444455556666:function:simple", Function, true },
            { "* in the account", "Resource", "arn:aws:lambda:us-east-1:*:function:simple", Function, true },
            { "* does not reach over a colon into the next part", "Resource", "arn:aws:lambda:*:function:simple", Function, false },
            { "* in the partition", "Resource", "arn:*:lambda:us-east-1:444455556666:function:simple", Function, true },
            { "A short ARN is completed with *", "Resource", "arn:aws:lambda:us-east-1", Function, true },
            { "A short ARN of another service is not", "Resource", "arn:aws:logs", Function, false },
            { "A short ARN of another region is not", "Resource", "arn:aws:lambda:eu-west-1", Function, false },
            { "The last part may hold colons", "Resource", "arn:aws:lambda:us-east-1:444455556666:*", Function, true },
            { "A function's ARN does not cover its version", "Resource", Function, Function + ":1", false },
            { "A function's ARN does not cover its alias", "Resource", Function, Function + ":live", false },
            { "An ARN with :* covers versions", "Resource", Function + ":*", Function + ":1", true },
            { "An ARN with :* does not cover the unqualified function", "Resource", Function + ":*", Function, false },
            { "An ARN ending in * covers both", "Resource", Function + "*", Function + ":1", true },
            { "A version's ARN does not cover the function", "Resource", Function + ":1", Function, false },
            {
                "The last part may hold slashes",
                "Resource",
                "arn:aws:iam::444455556666:role/*",
                "arn:aws:iam::444455556666:role/a/b/c",
                true
            },
            {
                "An empty part is matched by an empty part",
                "Resource",
                "arn:aws:iam::444455556666:role/r",
                "arn:aws:iam::444455556666:role/r",
                true
            },
            { "An empty part is not any region", "Resource", "arn:aws:lambda::444455556666:function:simple", Function, false },
            { "? in the name", "Resource", "arn:aws:lambda:us-east-1:444455556666:function:simpl?", Function, true },
            { "? in the account is one digit", "Resource", "arn:aws:lambda:us-east-1:44445555666?:function:simple", Function, true },
            { "Another account is another resource", "Resource", "arn:aws:lambda:us-east-1:111122223333:function:simple", Function, false },
            {
                "NotResource covers all but the named",
                "NotResource",
                "arn:aws:lambda:us-east-1:444455556666:function:other",
                Function,
                true
            },
            { "NotResource does not cover the named", "NotResource", "arn:aws:lambda:us-east-1:444455556666:function:s*", Function, false },
        };

    [Theory]
    [MemberData(nameof(Actions))]
    public void Action_is_covered(string rule, string element, string pattern, string action, bool covered)
    {
        var decision = Decide($"{{'Effect': 'Allow', '{element}': '{pattern}', 'Resource': '*'}}", $"{action} {Function}");
        Assert.True(covered == decision.IsAllowed, rule);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void Action_is_covered_from_within_a_list(string rule, string element, string pattern, string action, bool covered)
    {
        // Beside actions that nobody asks for.
        var decision = Decide(
            $"{{'Effect': 'Deny', '{element}': ['x:y', '{pattern}', 'lambda:NoSuch'], 'Resource': '*'}}",
            $"{action} {Function}"
        );
        Assert.True((covered ? Outcome.ExplicitDeny : Outcome.ImplicitDeny) == decision.Outcome, rule);
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void Resource_is_covered(string rule, string element, string pattern, string resource, bool covered)
    {
        var decision = Decide($"{{'Effect': 'Allow', 'Action': '*', '{element}': '{pattern}'}}", $"lambda:InvokeFunction {resource}");
        Assert.True(covered == decision.IsAllowed, rule);
    }
}
