using System.Collections.Immutable;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>Returns the changed tags of a resource.</summary>
internal delegate ImmutableSortedDictionary<string, string> TagChange(ImmutableSortedDictionary<string, string> tags);

/// <summary>A kind of resource: reads, finds, tags and stores the resources of that kind in a network.</summary>
/// <param name="naming">Names and errors of the kind.</param>
/// <param name="kind">The kind as in tag specifications and ARNs: <c>vpc</c>.</param>
internal abstract class ResourceSet(ResourceKind naming, string kind)
{
    /// <summary>Prefix of ids: <c>vpc</c>.</summary>
    public string Prefix => naming.Prefix;

    /// <summary>The kind as in tag specifications and ARNs: <c>vpc</c>, <c>security-group</c>.</summary>
    public string Kind => kind;

    protected ResourceKind Naming => naming;

    /// <summary>The resources of a network, in no order.</summary>
    public abstract IEnumerable<Resource> In(Network network);

    /// <summary>The resource with an id; null when it is unknown.</summary>
    public abstract Resource? Find(Network network, string id);

    /// <summary>The network with changed tags of one resource.</summary>
    /// <exception cref="Aws.AwsException">The id is unknown.</exception>
    public abstract Network WithTags(Network network, string id, TagChange change);

    /// <summary>Opens the rows that store them; null for resources that are stored as parts of others.</summary>
    public abstract IResourceRows? Open(StateStore store);

    // A copy has the same type as its original.
    protected static T WithTags<T>(T resource, TagChange change)
        where T : Resource => (T)((Resource)resource with { Tags = change(resource.Tags) });
}
