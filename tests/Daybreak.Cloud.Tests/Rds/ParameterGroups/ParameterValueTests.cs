namespace Daybreak.Cloud.Tests.Rds.ParameterGroups;

/// <summary>The real server has exactly the value that a parameter group accepts, also after a start with it.</summary>
[Trait("Pace", "slow")]
public sealed class ParameterValueTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Backslashes_quotes_and_letters_of_all_languages_are_as_they_were_at_once_and_after_a_start() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "rds/parameter_groups/backslashes_quotes_and_letters_of_all_languages_are_as_they_were_at_once_and_after_a_start.py"
        );

    [Fact]
    public Task Random_texts_are_taken_as_they_are_or_refused() =>
        Boto.RunAsync(cloud.Endpoint, "rds/parameter_groups/random_texts_are_taken_as_they_are_or_refused.py");

    [Fact]
    public Task Values_that_the_server_would_not_start_with_or_would_change_are_refused() =>
        Boto.RunAsync(cloud.Endpoint, "rds/parameter_groups/values_that_the_server_would_not_start_with_or_would_change_are_refused.py");
}
