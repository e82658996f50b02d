namespace Daybreak.Cloud.Tests.Lambda.Permissions;

/// <summary>Permissions to invoke a function, and its execution role, from boto3 and the aws CLI.</summary>
[Trait("Pace", "slow")]
public sealed class PermissionTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public Task Invoking_needs_the_exact_form_of_the_ARN() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/permissions/invoking_needs_the_exact_form_of_the_arn.py");

    [Fact]
    public Task A_functions_policy_lets_others_in_and_keeps_them_out() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/permissions/a_functions_policy_lets_others_in_and_keeps_them_out.py");

    [Fact]
    public Task A_policy_belongs_to_one_version_or_alias() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/permissions/a_policy_belongs_to_one_version_or_alias.py");

    [Fact]
    public Task Role_of_a_function_has_to_be_passed_and_to_trust_Lambda() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/permissions/role_of_a_function_has_to_be_passed_and_to_trust_lambda.py");

    [Fact]
    public async Task The_pages_IAM_step_typed_with_the_aws_CLI_is_what_lets_the_invocation_through()
    {
        var endpoint = cloud.Host.Endpoint;
        async Task<string> Aws(params string[] words) => (await AwsClient.AwsAsync(endpoint, words)).Ok();
        await Boto.RunAsync(
            endpoint,
            "lambda/permissions/the_pages_iam_step_typed_with_the_aws_cli_is_what_lets_the_invocation_through.py"
        );
        const string Arn = "arn:aws:lambda:us-east-1:444455556666:function:simple";
        await Aws(
            "iam",
            "create-policy",
            "--policy-name",
            "rds-lambda-policy",
            "--policy-document",
            $$"""{"Version": "2012-10-17", "Statement": [{"Sid": "AllowAccessToExampleFunction", "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "{{Arn}}"}]}"""
        );
        await Aws(
            "iam",
            "create-role",
            "--role-name",
            "rds-lambda-role",
            "--assume-role-policy-document",
            """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"""
        );
        async Task<string> Decision(string resource) =>
            (
                await Aws(
                    "iam",
                    "simulate-principal-policy",
                    "--policy-source-arn",
                    "arn:aws:iam::444455556666:role/rds-lambda-role",
                    "--action-names",
                    "lambda:InvokeFunction",
                    "--resource-arns",
                    resource,
                    "--query",
                    "EvaluationResults[0].EvalDecision",
                    "--output",
                    "text"
                )
            ).Trim();

        Assert.Equal("implicitDeny", await Decision(Arn));
        await Aws(
            "iam",
            "attach-role-policy",
            "--policy-arn",
            "arn:aws:iam::444455556666:policy/rds-lambda-policy",
            "--role-name",
            "rds-lambda-role"
        );
        Assert.Equal("allowed", await Decision(Arn));
        Assert.Equal("implicitDeny", await Decision(Arn + "2"));
        await Aws(
            "iam",
            "detach-role-policy",
            "--policy-arn",
            "arn:aws:iam::444455556666:policy/rds-lambda-policy",
            "--role-name",
            "rds-lambda-role"
        );
        Assert.Equal("implicitDeny", await Decision(Arn));
    }
}
