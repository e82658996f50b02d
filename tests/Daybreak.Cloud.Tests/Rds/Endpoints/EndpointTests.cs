namespace Daybreak.Cloud.Tests.Rds.Endpoints;

/// <summary>Endpoints of clusters, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class EndpointTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Custom_endpoints_lead_to_the_members_that_they_name() =>
        Boto.RunAsync(cloud.Endpoint, "rds/endpoints/custom_endpoints_lead_to_the_members_that_they_name.py");

    [Fact]
    public Task Connections_are_forwarded_whole_with_tls_and_end_with_their_server() =>
        Boto.RunAsync(cloud.Endpoint, "rds/endpoints/connections_are_forwarded_whole_with_tls_and_end_with_their_server.py");

    [Fact]
    public Task Bad_endpoints_are_refused_with_the_codes_and_texts_of_RDS() =>
        Boto.RunAsync(cloud.Endpoint, "rds/endpoints/bad_endpoints_are_refused_with_the_codes_and_texts_of_rds.py");
}
