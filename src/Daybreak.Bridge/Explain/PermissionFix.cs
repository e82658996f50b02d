using System.Collections.Immutable;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Explaining;

namespace Daybreak.Bridge.Explain;

/// <summary>
/// Finds what lets a refused caller invoke, as far as AWS's message and the caller's ARN show: one command when the principal is known and
/// no policy denies it, otherwise the next step. Pure.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"/>
/// </summary>
internal static class PermissionFix
{
    private const string Action = "lambda:InvokeFunction";
    private const string PolicyName = "AllowInvokeFunction";

    /// <param name="message">AWS's message.</param>
    /// <param name="caller">ARN of the credentials; null: not known.</param>
    /// <param name="function">ARN, or a bare name when the account is not known.</param>
    public static ImmutableArray<FixStep> Of(string message, string code, string? caller, string function)
    {
        if (code.StartsWith("KMS", StringComparison.Ordinal))
            return Stage.FixOf(
                "Let the function's role use the KMS key: a statement for kms:Decrypt in the key's policy, or in those of the role."
            );
        if (After(message, "with an explicit deny in ") is { } denying)
            return Stage.FixOf(
                $"Remove the statement that denies {Action} from {Described(denying)}: another one that allows it does not help."
            );
        if (message.Contains("no VPC endpoint policy allows", StringComparison.Ordinal))
            return Stage.FixOf(
                $"Let the policy of the VPC endpoint allow {Action}; `aws ec2 describe-vpc-endpoints` shows it, `aws ec2 "
                    + "modify-vpc-endpoint --reset-policy` lets everything through."
            );
        if (message.Contains("no permissions boundary allows", StringComparison.Ordinal))
            return Stage.FixOf($"Let the permissions boundary of {caller ?? "the caller"} allow {Action}.");
        if (message.Contains("no service control policy allows", StringComparison.Ordinal))
            return Stage.FixOf($"Let the organization's service control policies allow {Action}; its administrators can.");
        if (message.Contains("no session policy allows", StringComparison.Ordinal))
            return Stage.FixOf($"Assume the role without a session policy, or with one that allows {Action}.");
        if (caller is null || !Arn.TryParse(caller, out var who) || !Arn.TryParse(function, out var what))
            return Stage.FixOf($"Give the caller a policy that allows {Action} on {function}.");
        if (message.Contains("no resource-based policy allows", StringComparison.Ordinal) && who.AccountId != what.AccountId)
            return Stage.FixOf(
                "Let the function's own policy allow it, in the function's account.",
                AwsCommand.Of(
                    "lambda add-permission",
                    ("function-name", function),
                    ("statement-id", PolicyName),
                    ("action", Action),
                    ("principal", PrincipalOf(who)),
                    ("region", what.Region)
                )
            );
        return Identity(who, function);
    }

    private static ImmutableArray<FixStep> Identity(Arn who, string function)
    {
        var document =
            $$"""{"Version":"2012-10-17","Statement":["""
            + $$"""{"Effect":"Allow","Action":"{{Action}}","Resource":"{{JsonEncodedText.Encode(function)}}"}]}""";
        return who switch
        {
            { Service: "sts" } when RoleOf(who) is { } role && role.StartsWith("AWSReservedSSO_", StringComparison.Ordinal) => Stage.FixOf(
                $"Add {Action} on {function} to the permission set of IAM Identity Center behind {role}."
            ),
            { Service: "sts" } when RoleOf(who) is { } role => Stage.FixOf(
                $"Let the role {role} invoke it.",
                AwsCommand.Of("iam put-role-policy", ("role-name", role), ("policy-name", PolicyName), ("policy-document", document))
            ),
            { Service: "iam", Resource: ['u', 's', 'e', 'r', '/', .. var path] } => Stage.FixOf(
                "Let the user invoke it.",
                AwsCommand.Of(
                    "iam put-user-policy",
                    ("user-name", path[(path.LastIndexOf('/') + 1)..]),
                    ("policy-name", PolicyName),
                    ("policy-document", document)
                )
            ),
            _ => Stage.FixOf($"Let {who} do {Action} on {function}."),
        };
    }

    // arn:aws:sts::123456789012:assumed-role/NAME/SESSION
    private static string? RoleOf(Arn session) => session.Resource.Split('/') is ["assumed-role", var role, _] ? role : null;

    // The ARN of a session lacks the path of its role, so another account is best named as a whole.
    private static string PrincipalOf(Arn who) => who.Service == "iam" ? who.ToString() : who.AccountId;

    private static string Described(string policy) =>
        policy.Trim().TrimEnd('.') is var named && named.StartsWith('a') ? named : $"the {named}";

    private static string? After(string text, string start) =>
        text.IndexOf(start, StringComparison.Ordinal) is >= 0 and var at ? text[(at + start.Length)..] : null;
}
