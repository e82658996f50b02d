using System.Text.RegularExpressions;
using Daybreak.Cloud.FrontDoor;
using static Daybreak.Cloud.Tests.Documentation.Repository;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>The implemented operations exist in AWS's API, and the documentation lists exactly these.</summary>
public sealed class OperationTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("lambda", "docs/lambda.md", "# Lambda")]
    [InlineData("sts", "docs/iam.md", "## Operations of STS")]
    [InlineData("iam", "docs/iam.md", "## Operations of IAM")]
    [InlineData("ec2", "docs/vpc.md", "## Operations")]
    [InlineData("rds", "docs/rds.md", "## Operations")]
    public void The_table_of_operations_has_those_that_are_served_and_no_other(string service, string page, string heading)
    {
        var rows = Section(page, heading)
            .Split('\n')
            .Where(line => line.StartsWith('|') && !line.Contains("refused by name", StringComparison.Ordinal));
        Assert.Equal(
            Served(Named(service)).Select(static operation => operation.Name).Order(StringComparer.Ordinal),
            Found(string.Join('\n', rows.Select(row => row.Split('|')[1])), @"\b([A-Z][A-Za-z]+)\b")
        );
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

    [Theory]
    [InlineData("iam")]
    [InlineData("sts")]
    [InlineData("lambda")]
    [InlineData("ec2")]
    [InlineData("rds")]
    public void Every_operation_is_there_once_and_where_AWS_has_it(string service)
    {
        var known = OperationNames.Read(char.ToUpperInvariant(service[0]) + service[1..]).ToArray();
        Assert.Equal(
            known.Select(static operation => $"{operation.Name} {operation.Route}").Order(StringComparer.Ordinal),
            Named(service).Operations.Select(static operation => $"{operation.Name} {operation.Route}").Order(StringComparer.Ordinal)
        );
        Assert.NotEmpty(Served(Named(service)));
    }

    private AwsService Named(string name) => cloud.Host.Services.Single(service => service.Name == name);

    private static IEnumerable<AwsOperation> Served(AwsService service) => service.Operations.Where(operation => !operation.IsRefused);
}
