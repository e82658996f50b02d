using System.Collections.Immutable;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain;

/// <summary>IAM's part of an explanation: the role of the database, its trust policy, its permissions, and the function's policy.</summary>
internal sealed class PermissionStages(Explainer explainer, bool enforced)
{
    private const string RdsService = "rds.amazonaws.com";
    private const string NewRole = "rds-lambda-role";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":["""
        + """{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private static readonly ServiceAction Assume = new("sts:AssumeRole");
    private static readonly ServiceAction Invoke = new("lambda:InvokeFunction");

    public IEnumerable<Stage> Of(DatabaseFacts database, InvokedFunction function, RegionalCommands aws)
    {
        if (database.RoleArn is not { } role)
        {
            yield return NoRole(database, function, aws);
            foreach (var name in (string[])["trust", "identityPolicies", "resourcePolicy"])
                yield return Stage.NotReached(name, "No role is associated.");
            yield break;
        }
        yield return Stage.Ok("role", $"{role} is associated with {database.Owner} for Lambda.", role);

        var trust = explainer.Explain(new Question(RdsService, Assume, role, Circumstances(database)));
        yield return trust.Decision.IsAllowed
            ? Stage.Ok("trust", $"{role} trusts {RdsService} for {database.OwnerArn}.", role)
            : Stage.Failed("trust", $"{trust.Reason}.", trust.Steps, role);
        if (!explainer.Exists(role))
        {
            yield return Stage.NotReached("identityPolicies", $"There is no role {role}.");
            yield return Stage.NotReached("resourcePolicy", $"There is no role {role}.");
            yield break;
        }

        var permission = explainer.Explain(new Question(role, Invoke, function.Arn, []));
        var decided = permission.Decision;
        var evidence = decided.Statements.Select(static statement => statement.Policy.Id).Distinct().ToImmutableArray();
        if (decided.IsAllowed || !enforced)
        {
            yield return Stage.Ok(
                "identityPolicies",
                enforced ? $"{role} may invoke {function.Arn}." : "IAM is off: every caller may do everything.",
                evidence
            );
            yield return Stage.Ok("resourcePolicy", "The function's policy does not deny it.");
        }
        else if (decided.DecidedBy == PolicyKind.Resource)
        {
            yield return Stage.Ok("identityPolicies", $"Policies of {role} are not the reason for the denial.", role);
            yield return Stage.Failed("resourcePolicy", $"{permission.Reason}.", permission.Steps, evidence);
        }
        else
        {
            yield return Stage.Failed("identityPolicies", $"{permission.Reason}.", permission.Steps, evidence.Add(role));
            yield return Stage.NotReached("resourcePolicy", "It is evaluated together with the role's own policies.");
        }
    }

    // The same keys as when RDS really assumes the role: the cluster it is assumed for.
    private static ContextKeys Circumstances(DatabaseFacts database) =>
        new() { { "aws:SourceAccount", database.Name.AccountId }, { "aws:SourceArn", database.OwnerArn } };

    private Stage NoRole(DatabaseFacts database, InvokedFunction function, RegionalCommands aws)
    {
        string Add(string role) =>
            aws.Of(
                $"rds add-role-to-db-{database.OwnerKind}",
                ($"db-{database.OwnerKind}-identifier", database.Owner),
                ("feature-name", "Lambda"),
                ("role-arn", role)
            );
        var usable = explainer
            .RolesOf(database.Name.AccountId)
            .FirstOrDefault(role =>
                explainer.Explain(new Question(RdsService, Assume, role, Circumstances(database))).Decision.IsAllowed
                && explainer.Explain(new Question(role, Invoke, function.Arn, [])).Decision.IsAllowed
            );
        var text = $"No IAM role is associated with the feature Lambda of {database.Owner}.";
        return Stage.Failed(
            "role",
            text,
            usable is not null
                ? Stage.FixOf($"Associate {usable}, which may invoke the function.", Add(usable))
                : Stage.FixOf(
                    "Make a role that may invoke the function, and associate it.",
                    AwsCommand.Of("iam create-role", ("role-name", NewRole), ("assume-role-policy-document", Trust)),
                    AwsCommand.Of(
                        "iam put-role-policy",
                        ("role-name", NewRole),
                        ("policy-name", "AllowInvokeFunction"),
                        (
                            "policy-document",
                            $$"""{"Version":"2012-10-17","Statement":["""
                                + $$"""{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"{{function.Arn}}"}]}"""
                        )
                    ),
                    Add($"arn:aws:iam::{database.Name.AccountId}:role/{NewRole}")
                ),
            database.Owner
        );
    }
}
