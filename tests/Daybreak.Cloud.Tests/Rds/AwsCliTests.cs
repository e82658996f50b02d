namespace Daybreak.Cloud.Tests.Rds;

/// <summary>Snapshots and endpoints through every aws CLI of this machine: its waiters, its paging, the form in which it sends
/// lists.</summary>
[Trait("Pace", "slow")]
public sealed class AwsCliTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    public static TheoryData<string> Clis => [.. AwsClient.AwsClis];

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Snapshots_and_endpoints_are_made_waited_for_paged_and_deleted(string cli)
    {
        var name = $"cli-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3))}";
        await RdsAsync(
            $"create-db-cluster --db-cluster-identifier {name} --engine aurora-postgresql --master-username app_admin "
                + "--master-user-password correct-horse --tags Key=a,Value=b Key=c,Value="
        );
        await RdsAsync(
            $"create-db-instance --db-instance-identifier {name}-1 --db-cluster-identifier {name} --engine aurora-postgresql "
                + "--db-instance-class db.r6g.large"
        );
        await UntilAsync($"describe-db-instances --db-instance-identifier {name}-1 --query DBInstances[0].DBInstanceStatus", "available");
        await RdsAsync($"wait db-instance-available --db-instance-identifier {name}-1");

        Assert.Equal(
            "CUSTOM\tREADER\tcreating",
            await RdsAsync(
                $"create-db-cluster-endpoint --db-cluster-identifier {name} --db-cluster-endpoint-identifier {name}-e "
                    + $"--endpoint-type READER --static-members {name}-1 --query [EndpointType,CustomEndpointType,Status]"
            )
        );
        await UntilAsync(
            $"describe-db-cluster-endpoints --db-cluster-endpoint-identifier {name}-e --query DBClusterEndpoints[0].Status",
            "available"
        );
        Assert.Equal(
            $"ANY\t{name}-1",
            await RdsAsync(
                $"modify-db-cluster-endpoint --db-cluster-endpoint-identifier {name}-e --endpoint-type ANY --query "
                    + "[CustomEndpointType,StaticMembers[0]]"
            )
        );
        Assert.Equal(
            "READER\tWRITER\tCUSTOM",
            await RdsAsync($"describe-db-cluster-endpoints --db-cluster-identifier {name} --query DBClusterEndpoints[].EndpointType")
        );
        Assert.Equal("deleting", await RdsAsync($"delete-db-cluster-endpoint --db-cluster-endpoint-identifier {name}-e --query Status"));

        await RdsAsync(
            $"create-db-cluster-snapshot --db-cluster-identifier {name} --db-cluster-snapshot-identifier {name}-1 --tags Key=n,Value=1"
        );
        await UntilAsync(
            $"describe-db-cluster-snapshots --db-cluster-snapshot-identifier {name}-1 --query DBClusterSnapshots[0].Status",
            "available"
        );
        await RdsAsync($"wait db-cluster-snapshot-available --db-cluster-snapshot-identifier {name}-1");
        Assert.Equal(
            $"{name}-1",
            await RdsAsync(
                $"describe-db-cluster-snapshots --filters Name=db-cluster-id,Values={name},nobody --page-size 20 --query "
                    + "DBClusterSnapshots[].DBClusterSnapshotIdentifier"
            )
        );
        Assert.Equal(
            "creating\t5432",
            await RdsAsync(
                $"restore-db-cluster-from-snapshot --db-cluster-identifier {name}-r --snapshot-identifier {name}-1 --engine "
                    + "aurora-postgresql --query DBCluster.[Status,Port]"
            )
        );
        await UntilAsync($"describe-db-clusters --db-cluster-identifier {name}-r --query DBClusters[0].Status", "available");
        Assert.Equal("", await RdsAsync("describe-global-clusters --query GlobalClusters[]"));

        await RdsAsync($"delete-db-cluster --db-cluster-identifier {name}-r --skip-final-snapshot");
        await RdsAsync($"delete-db-instance --db-instance-identifier {name}-1");
        await RdsAsync($"delete-db-cluster --db-cluster-identifier {name} --final-db-snapshot-identifier {name}-final");
        foreach (var last in new[] { "1", "final" })
        {
            await UntilAsync(
                $"describe-db-cluster-snapshots --db-cluster-snapshot-identifier {name}-{last} --query DBClusterSnapshots[0].Status",
                "available"
            );
            Assert.Equal(
                "manual",
                await RdsAsync(
                    $"delete-db-cluster-snapshot --db-cluster-snapshot-identifier {name}-{last} --query DBClusterSnapshot.SnapshotType"
                )
            );
        }

        async Task<string> RdsAsync(string command) =>
            (
                await AwsClient.RunAsync(
                    cli,
                    cloud.Endpoint,
                    "test",
                    ["--endpoint-url", Url, "--output", "text", "rds", .. command.Split(' ')]
                )
            )
                .Ok()
                .Trim();

        async Task UntilAsync(string command, string expected)
        {
            for (var tried = 0; await RdsAsync(command) is var shown && shown != expected; tried++)
                Assert.True(tried < 60, $"{command}: {shown}");
        }
    }

    private string Url => cloud.Endpoint.GetLeftPart(UriPartial.Authority);
}
