using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Tests.Ec2.Networks;

public sealed class ResourceSetsTests
{
    /// <summary>A kind that is not on the list would not be kept, tagged or guarded, and nothing else would say so.</summary>
    [Fact]
    public void Every_kind_of_resource_of_a_network_is_on_the_list()
    {
        var kinds = typeof(Network)
            .GetProperties()
            .Select(static property => property.PropertyType)
            .Where(static type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Resources<>))
            .Select(static type => type.GetGenericArguments()[0]);
        var listed = ResourceSets
            .All.Select(static set => set.GetType())
            .Where(static type => type.IsGenericType)
            .Select(static type => type.GetGenericArguments()[0]);

        Assert.Equal(kinds.OrderBy(static type => type.Name), listed.OrderBy(static type => type.Name));
    }

    [Fact]
    public void Each_kind_reads_and_writes_its_own_part_of_a_network()
    {
        var network = DefaultNetwork.Of("444455556666", "us-east-1");
        foreach (var set in ResourceSets.All)
        foreach (var resource in set.In(network))
        {
            var tagged = ResourceSets.WithTags(network, resource.Id, static tags => tags.Add("key", "value"));

            Assert.Same(set, ResourceSets.Of(resource.Id));
            Assert.Equal("value", ResourceSets.Find(tagged, resource.Id)?.Tags["key"]);
            Assert.Equal(1, ResourceSets.All.SelectMany(one => one.In(tagged)).Count(static one => one.Tags.ContainsKey("key")));
        }
    }
}
