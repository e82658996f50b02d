using Daybreak.Cloud.Policy;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Tests.Policy;

/// <summary>Short forms in which tables of tests write policies and requests. Single quotes stand for double ones.</summary>
internal static class PolicyText
{
    public const string Account = "444455556666";
    public const string Function = "arn:aws:lambda:us-east-1:444455556666:function:simple";

    public static readonly Principal.User Alice = new(Account, $"arn:aws:iam::{Account}:user/alice", "alice", "AIDAALICE000000000001");
    public static readonly Principal.User Stranger = new(
        "999900001111",
        "arn:aws:iam::999900001111:user/eve",
        "eve",
        "AIDAEVE00000000000001"
    );
    public static readonly Principal.Root Root = new(Account);
    public static readonly Principal.Root StrangerRoot = new("999900001111");
    public static readonly Principal.RoleSession Session = new(
        Account,
        $"arn:aws:sts::{Account}:assumed-role/rds-role/s1",
        $"arn:aws:iam::{Account}:role/service/rds-role",
        "AROARDSROLE0000000001",
        "s1"
    );
    public static readonly Principal.Service RdsService = new("rds.amazonaws.com");

    public static PolicyDocument Parse(string text, PolicyDialect dialect)
    {
        Assert.True(PolicyParser.TryParse(text.Replace('\'', '"'), dialect, out var document, out var defect), $"{defect}: {text}");
        return document;
    }

    /// <summary>A policy of one or more statements, of version 2012-10-17.</summary>
    public static AttachedPolicy Attached(PolicyKind kind, string statements, string version = "2012-10-17") =>
        new(
            kind,
            $"{kind}Policy",
            Parse(
                $"{{'Version': '{version}', 'Statement': [{statements}]}}",
                kind switch
                {
                    PolicyKind.Resource or PolicyKind.VpcEndpoint => PolicyDialect.ResourcePolicy,
                    PolicyKind.RoleTrust => PolicyDialect.TrustPolicy,
                    _ => PolicyDialect.InlinePolicy,
                }
            )
        );

    /// <param name="request"><c>action resource key=value|value key=value</c>; <c>~</c> stands for a space in a value.</param>
    public static RequestContext Request(string request, Principal? caller = null, string resourceAccount = Account)
    {
        var words = request.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var keys = new ContextKeys();
        foreach (var word in words.Skip(2))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var values = word[(equals + 1)..].Replace('~', ' ').Split('|');
            keys.Add(word[..equals], values is [""] ? StringValues.Empty : values);
        }
        return new RequestContext(caller ?? Alice, new ServiceAction(words[0]), words.Length > 1 ? words[1] : "*", resourceAccount, keys);
    }

    public static Decision Decide(string identityStatements, string request, Principal? caller = null, string version = "2012-10-17") =>
        PolicyEvaluator.Decide(
            Request(request, caller),
            PrincipalPolicies.None with
            {
                Identity = [Attached(PolicyKind.Identity, identityStatements, version)],
            }
        );
}
