namespace Daybreak.Cloud.Tests.Rds;

/// <summary>Filters, identifiers and reserved names that are empty or malformed are refused, and not answered with an empty list.</summary>
[Trait("Pace", "slow")]
public sealed class NameTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Malformed_and_empty_identifiers_are_refused_by_lists_as_by_everything_else() =>
        Boto.RunAsync(cloud.Endpoint, "rds/malformed_and_empty_identifiers_are_refused_by_lists_as_by_everything_else.py");

    [Fact]
    public Task Filters_that_are_unknown_empty_or_malformed_are_refused() =>
        Boto.RunAsync(cloud.Endpoint, "rds/filters_that_are_unknown_empty_or_malformed_are_refused.py");

    [Fact]
    public Task Reserved_names_get_the_text_of_their_own_rule() =>
        Boto.RunAsync(cloud.Endpoint, "rds/reserved_names_get_the_text_of_their_own_rule.py");
}
