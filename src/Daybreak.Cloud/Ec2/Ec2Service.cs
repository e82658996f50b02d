using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.DhcpOptions;
using Daybreak.Cloud.Ec2.EgressOnlyGateways;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2;

/// <summary>The networking of Amazon EC2: the operations of each kind of resource. All others are refused by name.</summary>
public sealed class Ec2Service : IDisposable
{
    private readonly NetworkState _state;

    /// <param name="principals">The users and roles that policies of endpoints name.</param>
    public Ec2Service(StateStore store, IPrincipalIds principals, TimeProvider time)
    {
        _state = new NetworkState(store);
        Description = new AwsService
        {
            Name = "ec2",
            Version = "2016-11-15",
            Protocol = new Ec2Protocol(),
            EncodesDenials = true,
            XmlNamespace = "http://ec2.amazonaws.com/doc/2016-11-15/",
            ValidationErrorCode = "InvalidParameterValue",
            Counts = () =>
                new Dictionary<string, int>
                {
                    ["vpcs"] = _state.All.Sum(network => network.Vpcs.Count),
                    ["subnets"] = _state.All.Sum(network => network.Subnets.Count),
                    ["securityGroups"] = _state.All.Sum(network => network.SecurityGroups.Count),
                },
            Operations = OperationNames.Complete(
                "Ec2",
                [
                    .. VpcOperations.Operations(_state),
                    .. SubnetOperations.Operations(_state),
                    .. SubnetIpv6.Operations(_state),
                    .. RouteTableOperations.Operations(_state),
                    .. RouteOperations.Operations(_state),
                    .. InternetGatewayOperations.Operations(_state),
                    .. EgressOnlyGatewayOperations.Operations(_state),
                    .. new NatGatewayOperations(time).Operations(_state),
                    .. AddressOperations.Operations(_state),
                    .. NetworkInterfaceOperations.Operations(_state),
                    .. SecurityGroupOperations.Operations(_state),
                    .. SecurityGroupRuleOperations.Operations(_state),
                    .. PeerReferences.Operations(_state),
                    .. NetworkAclOperations.Operations(_state),
                    .. new VpcEndpointOperations(time, principals).Operations(_state),
                    .. EndpointServiceOperations.Operations(_state),
                    .. new PeeringOperations(time).Operations(_state),
                    .. PrefixListOperations.Operations(_state),
                    .. OwnPrefixLists.Operations(_state),
                    .. DhcpOptionsOperations.Operations(_state),
                    .. RegionOperations.Operations(_state),
                    .. TagOperations.Operations(_state),
                ]
            ),
        };
    }

    public AwsService Description { get; }

    /// <summary>The networks of all accounts, for services that have servers in them.</summary>
    internal NetworkState Networks => _state;

    /// <summary>Runs the function that empties the store, and forgets all networks.</summary>
    public Task ResetAsync(Func<Task> empty) => _state.ResetAsync(empty);

    public void Dispose() => _state.Dispose();
}
