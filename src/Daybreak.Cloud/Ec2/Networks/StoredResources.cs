using System.Text.Json.Serialization.Metadata;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>A kind of resource that has a table of its own.</summary>
/// <param name="table">Name of the table. It must never change, as states on disk contain it.</param>
/// <param name="get">Returns the resources of a network.</param>
/// <param name="set">Returns the network with other resources of the kind.</param>
internal sealed class StoredResources<T>(
    ResourceKind naming,
    string kind,
    string table,
    JsonTypeInfo<T> type,
    Func<Network, Resources<T>> get,
    Func<Network, Resources<T>, Network> set
) : ResourceSet(naming, kind)
    where T : Resource
{
    public override IEnumerable<Resource> In(Network network) => get(network).All;

    public override Resource? Find(Network network, string id) => get(network).Find(id);

    public override Network WithTags(Network network, string id, TagChange change)
    {
        var resources = get(network);
        return set(network, resources.With(WithTags(Naming.Find(resources, id), change)));
    }

    public override IResourceRows Open(StateStore store) => new Rows(store.Documents(table, type), get, set);

    private sealed class Rows(DocumentTable<T> documents, Func<Network, Resources<T>> get, Func<Network, Resources<T>, Network> set)
        : IResourceRows
    {
        public Network ReadInto(Network network) =>
            set(
                network,
                Resources<T>.Of(
                    documents
                        .AtStart.Where(row => row.Key.AccountId == network.AccountId && row.Key.Region == network.Region)
                        .Select(static row => row.Value)
                )
            );

        public IEnumerable<Row> Changes(Network before, Network after) =>
            get(after)
                .ChangesSince(get(before))
                .Select(change => documents.RowOf(new ResourceKey(after.AccountId, after.Region, change.Id), change.After));
    }
}
