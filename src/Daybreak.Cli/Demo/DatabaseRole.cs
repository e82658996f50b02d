using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Demo;

/// <summary>
/// Step 2 of AWS's page: the role in which the database server calls Lambda. If any part of it is missing, the call is denied.
/// </summary>
internal sealed class DatabaseRole(string accountId, string clusterArn)
{
    private const string Service = "rds.amazonaws.com";

    private const string RoleName = "rds-lambda-role";
    private const string PolicyName = "rds-lambda-policy";

    public string Arn => $"arn:aws:iam::{accountId}:role/{RoleName}";

    /// <summary>The commands that do the same as <see cref="CreateAsync"/>.</summary>
    public IEnumerable<string> Commands =>
        [
            $"aws iam create-policy --policy-name {PolicyName} --policy-document '{Permission}'",
            $"aws iam create-role --role-name {RoleName} --assume-role-policy-document '{Trust}'",
            $"aws iam attach-role-policy --role-name {RoleName} --policy-arn {PolicyArn}",
        ];

    private string PolicyArn => $"arn:aws:iam::{accountId}:policy/{PolicyName}";

    private string FunctionArn => $"arn:aws:lambda:{LocalAwsVariables.Region}:{accountId}:function:{SimpleFunction.Name}";

    private string Permission =>
        $$"""{"Version":"2012-10-17","Statement":["""
        + $$"""{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"{{FunctionArn}}"}]}""";

    private string Trust =>
        $$$$"""{"Version":"2012-10-17","Statement":["""
        + $$$$"""{"Effect":"Allow","Principal":{"Service":"{{{{Service}}}}"},"Action":"sts:AssumeRole","Condition":"""
        + $$$$"""{"StringEquals":{"aws:SourceAccount":"{{{{accountId}}}}","aws:SourceArn":"{{{{clusterArn}}}}"}}}]}""";

    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public async Task CreateAsync(LocalAwsApi client)
    {
        await client.IamAsync("CreatePolicy", ("PolicyName", PolicyName), ("PolicyDocument", Permission));
        await client.IamAsync("CreateRole", ("RoleName", RoleName), ("AssumeRolePolicyDocument", Trust));
        await client.IamAsync("AttachRolePolicy", ("RoleName", RoleName), ("PolicyArn", PolicyArn));
    }
}
