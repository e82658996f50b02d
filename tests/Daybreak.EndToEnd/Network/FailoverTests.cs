using static Daybreak.EndToEnd.Network.Mutation;

namespace Daybreak.EndToEnd.Network;

/// <summary>A cluster's calls take the path of the current writer's subnet.</summary>
public sealed class FailoverTests(PathStage stage)
{
    [Fact]
    public async Task Writer_in_another_subnet_has_the_way_of_that_subnet()
    {
        var toTheOther = OfNetwork("a writer whose subnet leads nowhere", FailOver("subnets-2"));
        var way = await stage.InTwoSubnetsAsync();

        var failed = await way.BreakAsync(toTheOther);
        Assert.Matches("the route table of subnet-[0-9a-f]{17}, has no route to 52\\.94\\.", failed.TextOf(failed.FailedStage!));
        Assert.Equal("subnets-2", (await stage.ExplainAsync("subnets", "postgres")).Root.GetProperty("database").GetString());

        await way.TypeAsync(FailOver("subnets-1"));
        await way.UntilItWorksAsync("postgres", "with the first writer again");
        Assert.True((await stage.ExplainAsync("subnets", "postgres")).Works);

        await way.BreakAndFixAsync(toTheOther);
    }

    private static string FailOver(string writer) =>
        $"""
            aws rds failover-db-cluster --db-cluster-identifier subnets --target-db-instance-identifier {writer}
            members='DBClusters[0].[Status, DBClusterMembers[?IsClusterWriter].DBInstanceIdentifier | [0]]'
            until [ "$(aws rds describe-db-clusters --db-cluster-identifier subnets --query "$members" --output text | tr '\t' ' ')" = "available {writer}" ]; do sleep 0.2; done
            until [ "$(aws rds describe-db-instances --filters Name=db-cluster-id,Values=subnets --query 'DBInstances[?DBInstanceStatus!=`available`]' --output text)" = "" ]; do sleep 0.2; done
            """;
}
