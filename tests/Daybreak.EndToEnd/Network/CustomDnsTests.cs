using static Daybreak.EndToEnd.Network.Mutation;

namespace Daybreak.EndToEnd.Network;

/// <summary>RDS for PostgreSQL finds an endpoint by its private DNS name once its parameter is set.</summary>
public sealed class CustomDnsTests(PathStage stage)
{
    [Fact]
    public async Task Instance_without_a_cluster_needs_custom_DNS_resolution_to_find_an_endpoint()
    {
        var way = await stage.StandaloneAsync();
        await way.BreakAndFixAsync(OfNetwork("a default parameter group", "true"));
    }
}
