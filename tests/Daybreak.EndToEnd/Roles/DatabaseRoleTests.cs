using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Roles;

/// <summary>Each part of step 2 of AWS's page is needed: taken away, the call from SQL is denied in AWS's words; put back, it passes.</summary>
public sealed class DatabaseRoleTests(RoleStage stage) : IClassFixture<RoleStage>
{
    private const string Attach = $"aws iam attach-role-policy --role-name rds-lambda-role --policy-arn {RoleStage.Policy}\n";
    private const string Detach = $"aws iam detach-role-policy --role-name rds-lambda-role --policy-arn {RoleStage.Policy}\n";
    private const string CreateRole = $"aws iam create-role --role-name rds-lambda-role --assume-role-policy-document {RoleStage.Trust}\n";

    private const string Denial =
        "AWS Lambda client returned 'User: arn:aws:sts::444455556666:assumed-role/rds-lambda-role/my-cluster is not authorized to perform: "
        + $"lambda:InvokeFunction on resource: {RoleStage.Function} because no identity-based policy allows the lambda:InvokeFunction action'.";

    [Fact]
    public async Task Without_the_attachment_the_call_is_denied_and_every_tool_says_why()
    {
        await stage.TypeAsync(Detach);

        var denied = await stage.InvokeAsync();

        Assert.Equal(("invoke API failed", Denial), (denied?.MessageText, denied?.Detail));
        Assert.Equal("implicitDeny", await SimulateAsync());
        var explained = await ExplainAsync();
        Assert.Contains("DENIED: nothing allows it", explained.Expect(6).Output, StringComparison.Ordinal);
        Assert.Contains("because no identity-based policy allows the lambda:InvokeFunction action", explained.Output, StringComparison.Ordinal);

        // What explain proposes is what it takes, and nothing more.
        var proposed = explained.Output.Split('\n').Single(line => line.StartsWith("  aws ", StringComparison.Ordinal));
        await stage.TypeAsync(proposed);
        Assert.Null(await stage.InvokeAsync());
        Assert.Equal("allowed", await SimulateAsync());
        Assert.Contains("statement 1 of AllowInvokeFunction (identity-based policy of", (await ExplainAsync()).Expect(0).Output, StringComparison.Ordinal);

        await stage.TypeAsync("aws iam delete-role-policy --role-name rds-lambda-role --policy-name AllowInvokeFunction\n" + Attach);
        Assert.Null(await stage.InvokeAsync());
    }

    [Fact]
    public async Task With_another_function_in_the_policy_the_call_is_denied()
    {
        await stage.TypeAsync(
            $$"""
            aws iam create-policy-version --policy-arn {{RoleStage.Policy}} --set-as-default --policy-document '{
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "{{RoleStage.Function}}2"}]}'
            """);

        Assert.Equal(Denial, (await stage.InvokeAsync())?.Detail);
        Assert.Equal("implicitDeny", await SimulateAsync());
        (await ExplainAsync()).Expect(6);

        await stage.TypeAsync(
            $"""
            aws iam set-default-policy-version --policy-arn {RoleStage.Policy} --version-id v1
            for version in $(aws iam list-policy-versions --policy-arn {RoleStage.Policy} --query 'Versions[?!IsDefaultVersion].VersionId' --output text)
            do aws iam delete-policy-version --policy-arn {RoleStage.Policy} --version-id $version; done
            """);
        Assert.Null(await stage.InvokeAsync());
    }

    [Fact]
    public async Task With_trust_in_another_service_the_server_has_no_credentials_before_long()
    {
        await stage.TypeAsync($"aws iam update-assume-role-policy --role-name rds-lambda-role --policy-document {RoleStage.Trust.Replace("rds.", "ec2.", StringComparison.Ordinal)}");

        var refused = await stage.UntilAsync(error => error?.SqlState == "LM008");

        Assert.Equal("invoke API failed", refused!.MessageText);
        var explained = await ExplainAsync("rds.amazonaws.com", "sts:AssumeRole", RoleStage.Role);
        Assert.Contains("because no role trust policy allows the sts:AssumeRole action", explained.Expect(6).Output, StringComparison.Ordinal);
        Assert.Equal("allowed", await SimulateAsync()); // what the role may is not the question

        await stage.TypeAsync($"aws iam update-assume-role-policy --role-name rds-lambda-role --policy-document {RoleStage.Trust}");
        await stage.UntilAllowedAsync();
    }

    [Fact]
    public async Task Without_the_role_the_call_is_denied_at_once_and_a_new_role_of_its_name_is_taken_up()
    {
        await stage.TypeAsync(Detach + "aws iam delete-role --role-name rds-lambda-role\n");

        Assert.Equal(Denial, (await stage.InvokeAsync())?.Detail);
        Assert.Contains("of this session is gone", (await ExplainAsync()).Expect(6).Output, StringComparison.Ordinal);

        await stage.TypeAsync(CreateRole + Attach);
        await stage.UntilAllowedAsync();
    }

    [Fact]
    public async Task Server_has_no_access_key_in_its_environment()
    {
        var environment = await File.ReadAllTextAsync($"/proc/{stage.Postgres.Server.Id}/environ", TestContext.Current.CancellationToken);

        Assert.Contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("ACCESS_KEY", environment, StringComparison.Ordinal);
    }

    private Task<Program.Finished> ExplainAsync(
        string principal = "arn:aws:sts::444455556666:assumed-role/rds-lambda-role/my-cluster",
        string action = "lambda:InvokeFunction",
        string resource = RoleStage.Function) =>
        Launcher.RunAsync("explain", "--port", $"{stage.Cloud.Endpoint.Port}", "--principal", principal, "--action", action, "--resource", resource);

    private async Task<string> SimulateAsync() => (await stage.TypeAsync(
        $"aws iam simulate-principal-policy --policy-source-arn {RoleStage.Role} --action-names lambda:InvokeFunction --resource-arns {RoleStage.Function} "
        + "--query 'EvaluationResults[0].EvalDecision' --output text")).Trim();
}
