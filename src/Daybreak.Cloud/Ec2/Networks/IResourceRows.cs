using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>The rows of one kind of resource.</summary>
internal interface IResourceRows
{
    /// <summary>The network with what was kept of it when the state was opened.</summary>
    Network ReadInto(Network network);

    /// <summary>What has to be written so that what is kept of one network becomes the other.</summary>
    IEnumerable<Row> Changes(Network before, Network after);
}
