using System.Text.RegularExpressions;
using Daybreak.Cloud.FrontDoor;
using static Daybreak.Cloud.Tests.Documentation.Repository;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>The implemented operations exist in AWS's API, and the documentation lists exactly these.</summary>
public sealed class OperationTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // Where the table of each service's operations stands.
    private static readonly Dictionary<string, (string Page, string Heading)> Tables = new()
    {
        ["ec2"] = ("docs/vpc.md", "## Operations"),
        ["iam"] = ("docs/iam.md", "## Operations of IAM"),
        ["kms"] = ("docs/kms.md", "# KMS"),
        ["lambda"] = ("docs/lambda.md", "# Lambda"),
        ["logs"] = ("docs/logs.md", "# CloudWatch Logs"),
        ["rds"] = ("docs/rds.md", "## Operations"),
        ["s3"] = ("docs/s3.md", "## Operations"),
        ["secretsmanager"] = ("docs/secrets-manager.md", "# Secrets Manager"),
        ["ssm"] = ("docs/ssm-parameters.md", "# SSM Parameter Store"),
        ["sts"] = ("docs/iam.md", "## Operations of STS"),
    };

    [Fact]
    public void Every_service_has_a_table_of_the_operations_that_are_served_and_of_no_other()
    {
        Assert.Equal(
            cloud.Host.Services.Select(static service => service.Name).Order(StringComparer.Ordinal),
            Tables.Keys.Order(StringComparer.Ordinal)
        );
        foreach (var service in cloud.Host.Services)
        {
            var (page, heading) = Tables[service.Name];
            var rows = Section(page, heading)
                .Split('\n')
                .Where(line => line.StartsWith('|') && !line.Contains("refused by name", StringComparison.Ordinal));
            Assert.Equal(
                Served(service).Select(static operation => operation.Name).Order(StringComparer.Ordinal),
                Found(string.Join('\n', rows.Select(row => row.Split('|')[1])), @"\b([A-Z][A-Za-z0-9]+)\b")
            );
        }
    }

    [Fact]
    public void Nothing_of_Lambda_that_is_served_is_said_to_be_refused()
    {
        var served = Served(Named("lambda"))
            .Select(static operation =>
                Regex.Match(operation.Name, "^(?:Add|Create|Delete|Get|List|Put|Remove|Update)?(\\w+)$").Groups[1].Value
            )
            .Select(noun => Regex.Replace(noun, "(?<=[a-z])(?=[A-Z])", " ").ToLowerInvariant().TrimEnd('s') + "s");
        var refused = Section("docs/lambda.md", "# Lambda")
            .Split('\n')
            .Single(line => line.EndsWith("| refused by name |", StringComparison.Ordinal));
        Assert.Empty(refused.Split('|')[1].Trim().Split(", ").Intersect(served));
    }

    [Fact]
    public void Every_operation_of_every_service_is_there_once_and_where_AWS_has_it()
    {
        foreach (var service in cloud.Host.Services)
        {
            var known = OperationNames.Read(FolderOf(service)).ToArray();
            Assert.Equal(
                known.Select(static operation => $"{operation.Name} {operation.Route}").Order(StringComparer.Ordinal),
                service.Operations.Select(static operation => $"{operation.Name} {operation.Route}").Order(StringComparer.Ordinal)
            );
            Assert.NotEmpty(Served(service));
        }
    }

    private static string FolderOf(AwsService service) =>
        service.Name == "secretsmanager" ? "SecretsManager" : char.ToUpperInvariant(service.Name[0]) + service.Name[1..];

    private AwsService Named(string name) => cloud.Host.Services.Single(service => service.Name == name);

    private static IEnumerable<AwsOperation> Served(AwsService service) => service.Operations.Where(operation => !operation.IsRefused);
}
