using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>The rows of one kind of resource.</summary>
internal interface IResourceRows
{
    /// <summary>Adds the rows that were stored when the state was opened to a network.</summary>
    Network ReadInto(Network network);

    /// <summary>The rows to write so that the stored network changes from one to the other.</summary>
    IEnumerable<Row> Changes(Network before, Network after);
}
