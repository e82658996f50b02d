using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Roles;

/// <summary>Each part of step 2 of AWS's page is needed: without it, the call from SQL is denied in AWS's words; with it again, the call
/// passes.</summary>
public sealed class DatabaseRoleTests(RoleStage stage) : IClassFixture<RoleStage>
{
    private const string Attach = $"aws iam attach-role-policy --role-name rds-lambda-role --policy-arn {RoleStage.Policy}\n";
    private const string Detach = $"aws iam detach-role-policy --role-name rds-lambda-role --policy-arn {RoleStage.Policy}\n";

    private const string NothingAllows = "because no identity-based policy allows the lambda:InvokeFunction action";

    [Fact]
    public async Task Without_the_attachment_the_call_is_denied_and_every_tool_says_why()
    {
        await stage.TypeAsync(Detach);

        await AssertDeniedAsync(NothingAllows);
        Assert.Equal("implicitDeny", await SimulateAsync());
        var explained = await ExplainAsync();
        Assert.Contains("DENIED: nothing allows it", explained.Expect(6).Output, StringComparison.Ordinal);
        Assert.Contains(NothingAllows, explained.Output, StringComparison.Ordinal);

        // The command that explain proposes is sufficient, and grants nothing else.
        await stage.TypeAsync(Proposed(explained));
        Assert.Null(await stage.InvokeAsync());
        Assert.Equal("allowed", await SimulateAsync());
        Assert.Contains(
            "statement 1 of AllowInvokeFunction (identity-based policy of",
            (await ExplainAsync()).Expect(0).Output,
            StringComparison.Ordinal
        );

        await stage.TypeAsync("aws iam delete-role-policy --role-name rds-lambda-role --policy-name AllowInvokeFunction\n" + Attach);
        Assert.Null(await stage.InvokeAsync());
    }

    [Theory]
    [InlineData("Allow", "lambda:InvokeFunction", RoleStage.Function + "2", "implicitDeny", NothingAllows)]
    [InlineData("Allow", "lambda:GetFunction", RoleStage.Function, "implicitDeny", NothingAllows)]
    [InlineData("Deny", "lambda:InvokeFunction", RoleStage.Function, "explicitDeny", "with an explicit deny in an identity-based policy")]
    public async Task With_another_statement_in_the_policy_the_call_is_denied(
        string effect,
        string action,
        string resource,
        string simulated,
        string reason
    )
    {
        await stage.TypeAsync(
            $$"""
            aws iam create-policy-version --policy-arn {{RoleStage.Policy}} --set-as-default --policy-document '{
                "Version": "2012-10-17",
                "Statement": [{"Effect": "{{effect}}", "Action": "{{action}}", "Resource": "{{resource}}"}]}'
            """
        );

        await AssertDeniedAsync(reason);
        Assert.Equal(simulated, await SimulateAsync());
        Assert.Contains(reason, (await ExplainAsync()).Expect(6).Output, StringComparison.Ordinal);

        await stage.TypeAsync(
            $"""
            aws iam set-default-policy-version --policy-arn {RoleStage.Policy} --version-id v1
            for version in $(aws iam list-policy-versions --policy-arn {RoleStage.Policy} --query 'Versions[?!IsDefaultVersion].VersionId' --output text)
            do aws iam delete-policy-version --policy-arn {RoleStage.Policy} --version-id $version; done
            """
        );
        Assert.Null(await stage.InvokeAsync());
    }

    [Fact]
    public async Task Without_the_policy_the_call_is_denied()
    {
        await stage.TypeAsync($"{Detach}aws iam delete-policy --policy-arn {RoleStage.Policy}\n");

        await AssertDeniedAsync(NothingAllows);

        await stage.TypeAsync(RoleStage.CreatePolicy + "\n" + RoleStage.AttachRolePolicy);
        Assert.Null(await stage.InvokeAsync());
    }

    [Fact]
    public async Task With_trust_in_another_service_the_call_is_refused_before_long_with_the_reason()
    {
        const string Reason =
            $"User: rds.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: {RoleStage.Role} because no role "
            + "trust policy allows the sts:AssumeRole action";
        await stage.TypeAsync(
            "aws iam update-assume-role-policy --role-name rds-lambda-role --policy-document "
                + $"{RoleStage.Trust.Replace("rds.", "ec2.", StringComparison.Ordinal)}"
        );

        var refused = await stage.UntilAsync(error => error?.SqlState == "LM008");

        Assert.Equal(
            ("invoke API failed", $"No AWS credentials: the container endpoint answers '{Reason}'."),
            (refused!.MessageText, refused.Detail)
        );
        var explained = await ExplainAsync("rds.amazonaws.com", "sts:AssumeRole", RoleStage.Role);
        Assert.Contains(Reason, explained.Expect(6).Output, StringComparison.Ordinal);
        Assert.Equal("allowed", await SimulateAsync()); // the role's permissions are sufficient

        // The command that explain proposes is sufficient.
        await stage.TypeAsync(Proposed(explained));
        await stage.UntilAllowedAsync();
        await stage.TypeAsync($"aws iam update-assume-role-policy --role-name rds-lambda-role --policy-document {RoleStage.Trust}");
    }

    [Fact]
    public async Task Without_the_role_the_call_is_denied_at_once_and_a_new_role_of_its_name_is_taken_up()
    {
        await stage.TypeAsync(Detach + "aws iam delete-role --role-name rds-lambda-role\n");

        // The key of a deleted role permits nothing. If it has expired in the meantime, there is no new one.
        var denied = await stage.InvokeAsync();
        if (denied?.SqlState == "LM008")
            Assert.Equal($"No AWS credentials: the container endpoint answers 'The role {RoleStage.Role} does not exist.'.", denied.Detail);
        else
            AssertDenied(NothingAllows, denied);
        Assert.Contains("of this session was deleted", (await ExplainAsync()).Expect(6).Output, StringComparison.Ordinal);

        await stage.TypeAsync(RoleStage.CreateRole + "\n" + Attach);
        await stage.UntilAllowedAsync();
    }

    [Fact]
    public async Task A_user_of_another_account_needs_what_explain_proposes_in_both_accounts()
    {
        const string Other = "111122223333";
        await AwsAsync(Other, "aws iam create-user --user-name caller");
        var keys = (
            await AwsAsync(
                Other,
                "aws iam create-access-key --user-name caller --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text"
            )
        ).Split();
        var invoke =
            $"AWS_ACCESS_KEY_ID={keys[0]} AWS_SECRET_ACCESS_KEY='{keys[1]}' aws lambda invoke --function-name {RoleStage.Function} "
            + "/dev/stdout";
        Assert.Contains(
            $"User: arn:aws:iam::{Other}:user/caller is not authorized to perform: lambda:InvokeFunction on resource: "
                + $"{RoleStage.Function} because no ",
            await stage.TypeAsync($"{invoke} 2>&1 || true"),
            StringComparison.Ordinal
        );

        var explained = (await ExplainAsync($"arn:aws:iam::{Other}:user/caller")).Expect(6);
        var commands = Proposed(explained).Split('\n');
        Assert.Equal(
            ["aws iam put-user-policy", "aws lambda add-permission"],
            commands.Select(command => string.Join(' ', command.Trim().Split(' ')[..3])).Order()
        );
        foreach (var command in commands)
        {
            Assert.Contains("(AccessDeniedException)", await stage.TypeAsync($"{invoke} 2>&1 || true"), StringComparison.Ordinal);
            await AwsAsync(command.Contains("add-permission", StringComparison.Ordinal) ? FunctionDeployment.AccountId : Other, command);
        }

        Assert.Contains("Hello from Lambda!", await stage.TypeAsync(invoke), StringComparison.Ordinal);
        (await ExplainAsync($"arn:aws:iam::{Other}:user/caller")).Expect(0);
    }

    [Fact]
    public async Task Server_has_no_access_key_in_its_environment()
    {
        var environment = await File.ReadAllTextAsync($"/proc/{stage.Postgres.Server.Id}/environ", TestContext.Current.CancellationToken);

        Assert.Contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("ACCESS_KEY", environment, StringComparison.Ordinal);
    }

    /// <summary>As the administrator of an account.</summary>
    private Task<string> AwsAsync(string account, string command) => stage.TypeAsync($"export AWS_ACCESS_KEY_ID={account}\n{command}");

    private static string Proposed(Program.Finished explained) =>
        string.Join('\n', explained.Output.Split('\n').Where(static line => line.StartsWith("  aws ", StringComparison.Ordinal)));

    private async Task AssertDeniedAsync(string reason) => AssertDenied(reason, await stage.InvokeAsync());

    private static void AssertDenied(string reason, PostgresException? denied) =>
        Assert.Equal(
            (
                "LM003",
                "invoke API failed",
                "AWS Lambda client returned 'User: arn:aws:sts::444455556666:assumed-role/rds-lambda-role/my-cluster is not "
                    + "authorized to perform: "
                    + $"lambda:InvokeFunction on resource: {RoleStage.Function} {reason}'."
            ),
            (denied?.SqlState, denied?.MessageText, denied?.Detail)
        );

    private Task<Program.Finished> ExplainAsync(
        string principal = "arn:aws:sts::444455556666:assumed-role/rds-lambda-role/my-cluster",
        string action = "lambda:InvokeFunction",
        string resource = RoleStage.Function
    ) =>
        Launcher.RunAsync(
            "explain",
            "--port",
            $"{stage.Cloud.Endpoint.Port}",
            "--principal",
            principal,
            "--action",
            action,
            "--resource",
            resource
        );

    private async Task<string> SimulateAsync() =>
        (
            await stage.TypeAsync(
                $"aws iam simulate-principal-policy --policy-source-arn {RoleStage.Role} --action-names lambda:InvokeFunction "
                    + $"--resource-arns {RoleStage.Function} "
                    + "--query 'EvaluationResults[0].EvalDecision' --output text"
            )
        ).Trim();
}
