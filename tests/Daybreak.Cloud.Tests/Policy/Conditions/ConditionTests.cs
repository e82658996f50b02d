using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy.Conditions;

/// <summary>
/// When a condition holds. Rules: IAM User Guide, "Condition operators", "Conditions with multiple context keys or values",
/// "Multivalued context keys".
/// </summary>
public class ConditionTests
{
    public static TheoryData<string, string, string, bool> Cases =>
        new()
        {
            // rule, condition block, context keys of the request, holds
            { "StringEquals: equal", "'StringEquals': {'aws:k': 'red'}", "aws:k=red", true },
            { "StringEquals: different", "'StringEquals': {'aws:k': 'red'}", "aws:k=blue", false },
            { "StringEquals: case matters", "'StringEquals': {'aws:k': 'red'}", "aws:k=Red", false },
            { "StringEquals: * is a plain character", "'StringEquals': {'aws:k': 'r*'}", "aws:k=red", false },
            { "StringEquals: values are alternatives", "'StringEquals': {'aws:k': ['blue', 'red']}", "aws:k=red", true },
            { "Keys ignore case", "'StringEquals': {'AWS:K': 'red'}", "aws:k=red", true },
            { "Keys all have to hold", "'StringEquals': {'aws:k': 'red', 'aws:l': 'x'}", "aws:k=red aws:l=y", false },
            { "Keys all hold", "'StringEquals': {'aws:k': 'red', 'aws:l': 'x'}", "aws:k=red aws:l=x", true },
            { "Operators all have to hold", "'StringEquals': {'aws:k': 'red'}, 'Bool': {'aws:b': 'true'}", "aws:k=red aws:b=false", false },
            { "Operators all hold", "'StringEquals': {'aws:k': 'red'}, 'Bool': {'aws:b': 'true'}", "aws:k=red aws:b=true", true },
            { "An empty condition block holds", "", "aws:k=red", true },
            { "StringEquals: absent key", "'StringEquals': {'aws:k': 'red'}", "", false },
            { "StringNotEquals: different", "'StringNotEquals': {'aws:k': 'red'}", "aws:k=blue", true },
            { "StringNotEquals: equal", "'StringNotEquals': {'aws:k': 'red'}", "aws:k=red", false },
            { "StringNotEquals: none of the values", "'StringNotEquals': {'aws:k': ['red', 'blue']}", "aws:k=blue", false },
            { "StringNotEquals: absent key", "'StringNotEquals': {'aws:k': 'red'}", "", true },
            { "StringEqualsIgnoreCase", "'StringEqualsIgnoreCase': {'aws:k': 'red'}", "aws:k=RED", true },
            { "StringNotEqualsIgnoreCase", "'StringNotEqualsIgnoreCase': {'aws:k': 'red'}", "aws:k=RED", false },
            { "StringNotEqualsIgnoreCase: different", "'StringNotEqualsIgnoreCase': {'aws:k': 'red'}", "aws:k=blue", true },
            { "StringLike: *", "'StringLike': {'aws:k': 'r*'}", "aws:k=red", true },
            { "StringLike: ?", "'StringLike': {'aws:k': 'r?d'}", "aws:k=red", true },
            { "StringLike: * reaches over colons", "'StringLike': {'aws:k': 'arn:*:x'}", "aws:k=arn:a:b:c:x", true },
            { "StringLike: case matters", "'StringLike': {'aws:k': 'R*'}", "aws:k=red", false },
            { "StringNotLike: like", "'StringNotLike': {'aws:k': 'r*'}", "aws:k=red", false },
            { "StringNotLike: unlike", "'StringNotLike': {'aws:k': 'r*'}", "aws:k=blue", true },
            { "StringNotLike: absent key", "'StringNotLike': {'aws:k': 'r*'}", "", true },
            { "NumericEquals", "'NumericEquals': {'aws:n': '10'}", "aws:n=10", true },
            { "NumericEquals: number without quotes", "'NumericEquals': {'aws:n': 10}", "aws:n=10", true },
            { "NumericEquals: compared as numbers", "'NumericEquals': {'aws:n': '10'}", "aws:n=10.0", true },
            { "NumericEquals: different", "'NumericEquals': {'aws:n': '10'}", "aws:n=11", false },
            { "NumericEquals: no number", "'NumericEquals': {'aws:n': '10'}", "aws:n=ten", false },
            { "NumericNotEquals", "'NumericNotEquals': {'aws:n': '10'}", "aws:n=11", true },
            { "NumericNotEquals: absent key", "'NumericNotEquals': {'aws:n': '10'}", "", true },
            { "NumericLessThan: less", "'NumericLessThan': {'aws:n': '10'}", "aws:n=9", true },
            { "NumericLessThan: equal", "'NumericLessThan': {'aws:n': '10'}", "aws:n=10", false },
            { "NumericLessThan: as numbers, not as text", "'NumericLessThan': {'aws:n': '10'}", "aws:n=9.5", true },
            { "NumericLessThan: absent key", "'NumericLessThan': {'aws:n': '10'}", "", false },
            { "NumericLessThanEquals: equal", "'NumericLessThanEquals': {'aws:n': '10'}", "aws:n=10", true },
            { "NumericLessThanEquals: greater", "'NumericLessThanEquals': {'aws:n': '10'}", "aws:n=11", false },
            { "NumericGreaterThan: greater", "'NumericGreaterThan': {'aws:n': '10'}", "aws:n=11", true },
            { "NumericGreaterThan: equal", "'NumericGreaterThan': {'aws:n': '10'}", "aws:n=10", false },
            { "NumericGreaterThanEquals: equal", "'NumericGreaterThanEquals': {'aws:n': '10'}", "aws:n=10", true },
            { "NumericGreaterThanEquals: less", "'NumericGreaterThanEquals': {'aws:n': '10'}", "aws:n=-10", false },
            {
                "DateEquals: other offset, same moment",
                "'DateEquals': {'aws:d': '2026-01-02T12:00:00Z'}",
                "aws:d=2026-01-02T14:00:00+02:00",
                true
            },
            { "DateEquals: seconds since 1970", "'DateEquals': {'aws:d': '2026-01-02T12:00:00Z'}", "aws:d=1767355200", true },
            { "DateNotEquals", "'DateNotEquals': {'aws:d': '2026-01-02T12:00:00Z'}", "aws:d=2026-01-02T12:00:01Z", true },
            { "DateLessThan: before", "'DateLessThan': {'aws:d': '2026-01-02'}", "aws:d=2026-01-01T23:59:59Z", true },
            { "DateLessThan: at", "'DateLessThan': {'aws:d': '2026-01-02'}", "aws:d=2026-01-02T00:00:00Z", false },
            { "DateLessThanEquals: at", "'DateLessThanEquals': {'aws:d': '2026-01-02'}", "aws:d=2026-01-02T00:00:00Z", true },
            { "DateGreaterThan: after", "'DateGreaterThan': {'aws:d': '2026'}", "aws:d=2026-06-01T00:00:00Z", true },
            { "DateGreaterThan: before", "'DateGreaterThan': {'aws:d': '2026-01-02T00:00Z'}", "aws:d=2026-01-01T23:59:59Z", false },
            {
                "DateGreaterThanEquals: at",
                "'DateGreaterThanEquals': {'aws:d': '2026-01-02T00:00:00.5Z'}",
                "aws:d=2026-01-02T00:00:00.5Z",
                true
            },
            { "DateGreaterThan: no date", "'DateGreaterThan': {'aws:d': '2026-01-02'}", "aws:d=tomorrow", false },
            { "Bool: true", "'Bool': {'aws:SecureTransport': 'true'}", "aws:SecureTransport=true", true },
            { "Bool: without quotes", "'Bool': {'aws:SecureTransport': false}", "aws:SecureTransport=false", true },
            { "Bool: different", "'Bool': {'aws:SecureTransport': 'true'}", "aws:SecureTransport=false", false },
            { "Bool: absent key", "'Bool': {'aws:SecureTransport': 'false'}", "", false },
            { "BinaryEquals: same bytes", "'BinaryEquals': {'aws:b': 'QUJD'}", "aws:b=QUJD", true },
            { "BinaryEquals: other bytes", "'BinaryEquals': {'aws:b': 'QUJD'}", "aws:b=QUJE", false },
            { "BinaryEquals: not base64", "'BinaryEquals': {'aws:b': 'QUJD'}", "aws:b=%%%", false },
            { "IpAddress: within", "'IpAddress': {'aws:SourceIp': '10.1.0.0/16'}", "aws:SourceIp=10.1.200.3", true },
            { "IpAddress: outside", "'IpAddress': {'aws:SourceIp': '10.1.0.0/16'}", "aws:SourceIp=10.2.0.1", false },
            { "IpAddress: single", "'IpAddress': {'aws:SourceIp': '203.0.113.7'}", "aws:SourceIp=203.0.113.7", true },
            { "IpAddress: host bits do not matter", "'IpAddress': {'aws:SourceIp': '10.1.2.3/8'}", "aws:SourceIp=10.9.9.9", true },
            { "IpAddress: everything", "'IpAddress': {'aws:SourceIp': '0.0.0.0/0'}", "aws:SourceIp=198.51.100.1", true },
            { "IpAddress: version 6", "'IpAddress': {'aws:SourceIp': '2001:db8::/32'}", "aws:SourceIp=2001:db8:1::5", true },
            { "IpAddress: versions do not mix", "'IpAddress': {'aws:SourceIp': '0.0.0.0/0'}", "aws:SourceIp=2001:db8::1", false },
            { "IpAddress: no address", "'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}", "aws:SourceIp=here", false },
            { "NotIpAddress: outside", "'NotIpAddress': {'aws:SourceIp': '10.1.0.0/16'}", "aws:SourceIp=10.2.0.1", true },
            {
                "NotIpAddress: within one of two",
                "'NotIpAddress': {'aws:SourceIp': ['10.1.0.0/16', '10.2.0.0/16']}",
                "aws:SourceIp=10.2.0.1",
                false
            },
            { "NotIpAddress: absent key", "'NotIpAddress': {'aws:SourceIp': '10.1.0.0/16'}", "", true },
            {
                "ArnEquals: * within a part",
                "'ArnEquals': {'aws:SourceArn': 'arn:aws:rds:*:444455556666:cluster:*'}",
                "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c1",
                true
            },
            {
                "ArnLike is ArnEquals",
                "'ArnLike': {'aws:SourceArn': 'arn:aws:rds:*:444455556666:cluster:*'}",
                "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c1",
                true
            },
            {
                "ArnLike: parts are compared each by itself",
                "'ArnLike': {'aws:SourceArn': 'arn:aws:rds:*:cluster:c1'}",
                "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c1",
                false
            },
            {
                "ArnLike: other account",
                "'ArnLike': {'aws:SourceArn': 'arn:aws:rds:*:111122223333:*'}",
                "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c1",
                false
            },
            { "ArnLike: no ARN", "'ArnLike': {'aws:SourceArn': 'arn:aws:rds:*:*:*'}", "aws:SourceArn=cluster", false },
            {
                "ArnNotEquals: other",
                "'ArnNotEquals': {'aws:SourceArn': 'arn:aws:rds:*:*:cluster:c2'}",
                "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c1",
                true
            },
            {
                "ArnNotLike: like",
                "'ArnNotLike': {'aws:SourceArn': 'arn:aws:rds:*:*:cluster:c?'}",
                "aws:SourceArn=arn:aws:rds:us-east-1:444455556666:cluster:c1",
                false
            },
            { "ArnNotLike: absent key", "'ArnNotLike': {'aws:SourceArn': 'arn:aws:rds:*:*:*'}", "", true },
            { "Null true: key absent", "'Null': {'aws:k': 'true'}", "", true },
            { "Null true: key present", "'Null': {'aws:k': 'true'}", "aws:k=red", false },
            { "Null false: key present", "'Null': {'aws:k': 'false'}", "aws:k=red", true },
            { "Null false: key absent", "'Null': {'aws:k': false}", "", false },
            { "IfExists: absent key holds", "'StringEqualsIfExists': {'aws:k': 'red'}", "", true },
            { "IfExists: present key must match", "'StringEqualsIfExists': {'aws:k': 'red'}", "aws:k=blue", false },
            { "IfExists: numbers", "'NumericLessThanIfExists': {'aws:n': '10'}", "", true },
            { "IfExists: Bool", "'BoolIfExists': {'aws:MultiFactorAuthPresent': 'true'}", "aws:MultiFactorAuthPresent=false", false },
            { "IfExists: negated", "'StringNotEqualsIfExists': {'aws:k': 'red'}", "", true },
            { "IfExists: addresses", "'IpAddressIfExists': {'aws:SourceIp': '10.0.0.0/8'}", "", true },
            { "ForAllValues: all in the list", "'ForAllValues:StringEquals': {'aws:TagKeys': ['a', 'b', 'c']}", "aws:TagKeys=a|c", true },
            { "ForAllValues: one is not", "'ForAllValues:StringEquals': {'aws:TagKeys': ['a', 'b']}", "aws:TagKeys=a|c", false },
            { "ForAllValues: absent key holds", "'ForAllValues:StringEquals': {'aws:TagKeys': ['a']}", "", true },
            { "ForAllValues: empty key holds", "'ForAllValues:StringEquals': {'aws:TagKeys': ['a']}", "aws:TagKeys=", true },
            {
                "ForAllValues: negated, none in the list",
                "'ForAllValues:StringNotEquals': {'aws:TagKeys': ['a']}",
                "aws:TagKeys=b|c",
                true
            },
            {
                "ForAllValues: negated, one in the list",
                "'ForAllValues:StringNotEquals': {'aws:TagKeys': ['a']}",
                "aws:TagKeys=a|c",
                false
            },
            { "ForAllValues: wildcards", "'ForAllValues:StringLike': {'aws:TagKeys': ['cost*']}", "aws:TagKeys=cost1|cost2", true },
            { "ForAnyValue: one in the list", "'ForAnyValue:StringEquals': {'aws:TagKeys': ['a', 'b']}", "aws:TagKeys=x|b", true },
            { "ForAnyValue: none in the list", "'ForAnyValue:StringEquals': {'aws:TagKeys': ['a', 'b']}", "aws:TagKeys=x|y", false },
            { "ForAnyValue: absent key does not hold", "'ForAnyValue:StringEquals': {'aws:TagKeys': ['a']}", "", false },
            {
                "ForAnyValue: negated, some value outside the list",
                "'ForAnyValue:StringNotEquals': {'aws:TagKeys': ['a']}",
                "aws:TagKeys=a|c",
                true
            },
            {
                "ForAnyValue: negated, all in the list",
                "'ForAnyValue:StringNotEquals': {'aws:TagKeys': ['a', 'c']}",
                "aws:TagKeys=a|c",
                false
            },
            { "ForAnyValue: negated, absent key", "'ForAnyValue:StringNotEquals': {'aws:TagKeys': ['a']}", "", false },
            { "ForAnyValue with IfExists: absent key holds", "'ForAnyValue:StringEqualsIfExists': {'aws:TagKeys': ['a']}", "", true },
            { "Tag keys ignore case", "'StringEquals': {'aws:PrincipalTag/Team': 'x'}", "aws:principaltag/team=x", true },
        };

    public static TheoryData<string, string, bool> CallerKeys =>
        new()
        {
            { "aws:PrincipalAccount is the caller's account", "'StringEquals': {'aws:PrincipalAccount': '444455556666'}", true },
            {
                "aws:PrincipalArn of a session is its role",
                "'ArnEquals': {'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/service/rds-role'}",
                true
            },
            {
                "aws:PrincipalArn of a session is not the session",
                "'ArnLike': {'aws:PrincipalArn': 'arn:aws:sts::444455556666:assumed-role/*'}",
                false
            },
            { "aws:PrincipalType of a session", "'StringEquals': {'aws:PrincipalType': 'AssumedRole'}", true },
            { "aws:userid of a session is role id and session", "'StringLike': {'aws:userid': 'AROARDSROLE0000000001:*'}", true },
            { "A session has no aws:username", "'Null': {'aws:username': 'true'}", true },
            { "aws:PrincipalIsAWSService of a session", "'Bool': {'aws:PrincipalIsAWSService': 'false'}", true },
            { "aws:ResourceAccount is the resource's owner", "'StringEquals': {'aws:ResourceAccount': '444455556666'}", true },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Condition_holds(string rule, string condition, string keys, bool holds)
    {
        var decision = Decide(
            $"{{'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {{{condition}}}}}",
            $"lambda:InvokeFunction {Function} {keys}"
        );
        Assert.True(holds == decision.IsAllowed, rule);
    }

    [Theory]
    [MemberData(nameof(CallerKeys))]
    public void Keys_follow_from_the_caller(string rule, string condition, bool holds)
    {
        var decision = Decide(
            $"{{'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {{{condition}}}}}",
            $"lambda:InvokeFunction {Function}",
            Session
        );
        Assert.True(holds == decision.IsAllowed, rule);
    }
}
