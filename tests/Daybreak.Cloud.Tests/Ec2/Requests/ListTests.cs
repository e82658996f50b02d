namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>Parameters of lists: filters, ids, and the size of pages.</summary>
[Trait("Pace", "slow")]
public sealed class ListTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Every_list_takes_what_the_model_allows_and_nothing_beyond() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/every_list_takes_what_the_model_allows_and_nothing_beyond.py");

    [Fact]
    public Task Tags_are_found_by_key_and_by_value() => Boto.RunAsync(cloud.Endpoint, "ec2/requests/tags_are_found_by_key_and_by_value.py");

    [Fact]
    public Task Ids_and_filters_that_are_none_are_refused_before_anything_is_looked_for() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/ids_and_filters_that_are_none_are_refused_before_anything_is_looked_for.py");

    [Fact]
    public Task Endpoints_lead_to_the_services_of_AWS_of_both_types() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/endpoints_lead_to_the_services_of_aws_of_both_types.py");
}
