using System.Globalization;
using Daybreak.Cloud.Hosting;
using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Network;

/// <summary>
/// <c>up --network=off</c>: a database reaches Lambda although no rule permits it, and <c>explain</c> and <c>status</c> say why.
/// </summary>
public sealed class NetworkOffTests
{
    private const string Call = "SELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);\n";

    [Fact]
    public async Task Database_without_a_way_out_calls_all_the_same()
    {
        await using var cloud = await CloudHost.StartAsync(
            new CloudOptions
            {
                Port = 0,
                EnforcesNetwork = false,
                Postgres = [ClusterStage.Installation],
            },
            cancellation: TestContext.Current.CancellationToken
        );
        await FunctionDeployment.CreateAsync(cloud.Endpoint, "simple", LocalStage.Simple);
        await AwsCli.TypeAsync(
            cloud.Endpoint,
            $"""
            aws iam create-role --role-name db --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name db --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
            group=$(aws ec2 create-security-group --group-name db --description db --vpc-id $vpc --query GroupId --output text)
            aws ec2 revoke-security-group-egress --group-id $group --protocol -1 --cidr 0.0.0.0/0
            {ClusterStage.CreateCluster("free", "--vpc-security-group-ids $group")}
            {ClusterStage.CreateInstance("free", "free-1")} --no-publicly-accessible
            """
        );
        await ClusterStage.AvailableAsync(cloud.Endpoint, "free-1");
        await AwsCli.TypeAsync(
            cloud.Endpoint,
            "aws rds add-role-to-db-cluster --db-cluster-identifier free --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/db"
        );
        var host = await ClusterStage.EndpointOfAsync(cloud.Endpoint, "free");
        await ClusterStage.PsqlAsync(host, "CREATE EXTENSION aws_lambda CASCADE;");

        Assert.Equal("200\n", await ClusterStage.PsqlAsync(host, Call));
        // Hosts that are not of an API are not reached: no connection leaves this machine.
        Assert.Contains("its name cannot be resolved", await FailedCallAsync(host, "https://example.com"), StringComparison.Ordinal);
        Assert.Contains(
            "its name cannot be resolved",
            await FailedCallAsync(host, cloud.Endpoint.GetLeftPart(UriPartial.Authority)),
            StringComparison.Ordinal
        );

        var port = cloud.Endpoint.Port.ToString(CultureInfo.InvariantCulture);
        Assert.Contains(
            "ok     network          The network is off: every API is reachable.\n",
            (await Launcher.RunAsync("explain", "free", "simple", "--port", port)).Expect(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Network     OFF: every database server reaches every API\n",
            (await Launcher.RunAsync("status", "--port", port)).Expect(0).Output,
            StringComparison.Ordinal
        );

        async Task<string> FailedCallAsync(string at, string endpoint)
        {
            await AwsCli.TypeAsync(
                cloud.Endpoint,
                $"""
                family=$(aws rds describe-db-cluster-parameter-groups --query 'DBClusterParameterGroups[0].DBParameterGroupFamily' --output text)
                aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name elsewhere --db-parameter-group-family $family --description elsewhere 2>/dev/null || true
                aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name elsewhere --parameters ParameterName=aws_lambda.endpoint_override,ParameterValue={endpoint},ApplyMethod=pending-reboot
                aws rds modify-db-cluster --db-cluster-identifier free --db-cluster-parameter-group-name elsewhere --apply-immediately
                aws rds reboot-db-instance --db-instance-identifier free-1
                until [ "$(aws rds describe-db-instances --db-instance-identifier free-1 --query 'DBInstances[0].DBInstanceStatus' --output text)" = available ]; do sleep 0.2; done
                """
            );
            return (
                await ClusterStage.RunAsync("psql", ["-X", "-A", "-t", "-q"], at, "postgres", ClusterStage.Password, "postgres", 5432, Call)
            ).Output;
        }
    }
}
