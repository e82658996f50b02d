using System.Collections.Immutable;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>What the tags of a resource become.</summary>
internal delegate ImmutableSortedDictionary<string, string> TagChange(ImmutableSortedDictionary<string, string> tags);

/// <summary>The resources of one kind: where a network has them, and how they are kept.</summary>
/// <param name="naming">How they are named.</param>
/// <param name="kind">As in tag specifications and in ARNs: <c>vpc</c>.</param>
internal abstract class ResourceSet(ResourceKind naming, string kind)
{
    /// <summary>Of ids: <c>vpc</c>.</summary>
    public string Prefix => naming.Prefix;

    /// <summary>As in tag specifications and in ARNs: <c>vpc</c>, <c>security-group</c>.</summary>
    public string Kind => kind;

    protected ResourceKind Naming => naming;

    /// <summary>Those of a network, in no order.</summary>
    public abstract IEnumerable<Resource> In(Network network);

    /// <summary>Null when there is none of that id.</summary>
    public abstract Resource? Find(Network network, string id);

    /// <summary>The network with other tags on one of them.</summary>
    /// <exception cref="Aws.AwsException">There is none of that id.</exception>
    public abstract Network WithTags(Network network, string id, TagChange change);

    /// <summary>Opens what is kept of them; null for what is kept as a part of another resource.</summary>
    public abstract IResourceRows? Open(StateStore store);

    // A copy has the type of its original.
    protected static T WithTags<T>(T resource, TagChange change)
        where T : Resource => (T)((Resource)resource with { Tags = change(resource.Tags) });
}
