using System.Collections.Immutable;
using Daybreak.Cloud.Rds.ParameterGroups;

namespace Daybreak.Cloud.Tests.Rds;

/// <summary>The limits of MaxRecords, and the markers of lists.</summary>
[Trait("Pace", "slow")]
public sealed class ListTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Each_list_takes_as_many_records_as_the_reference_says() =>
        Boto.RunAsync(cloud.Endpoint, "rds/each_list_takes_as_many_records_as_the_reference_says.py");

    [Fact]
    public Task A_major_alone_is_the_version_that_a_cluster_or_instance_has() =>
        Boto.RunAsync(cloud.Endpoint, "rds/a_major_alone_is_the_version_that_a_cluster_or_instance_has.py");

    [Fact]
    public Task Parameters_are_found_in_any_case_and_shown_in_lower_case() =>
        Boto.RunAsync(cloud.Endpoint, "rds/parameters_are_found_in_any_case_and_shown_in_lower_case.py");

    [Fact]
    public void Parameters_that_an_earlier_build_kept_as_they_were_written_are_found()
    {
        var group = new ParameterGroup
        {
            Name = "g",
            Family = "aurora-postgresql15",
            Description = "d",
            Values = ImmutableSortedDictionary<string, ParameterValue>
                .Empty.Add("TimeZone", new("Asia/Tokyo", "immediate"))
                .Add("work_mem", new("64", "immediate")),
        };

        Assert.Equal(["timezone", "work_mem"], group.Values.Keys);
    }
}
