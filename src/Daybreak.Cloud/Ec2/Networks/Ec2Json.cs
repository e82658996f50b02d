using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.DhcpOptions;
using Daybreak.Cloud.Ec2.EgressOnlyGateways;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>The JSON in which resources of EC2 are stored.</summary>
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(AddressJson)]
)]
[JsonSerializable(typeof(NetworkMarker))]
[JsonSerializable(typeof(Vpc))]
[JsonSerializable(typeof(Subnet))]
[JsonSerializable(typeof(InternetGateway))]
[JsonSerializable(typeof(EgressOnlyGateway))]
[JsonSerializable(typeof(PeeringConnection))]
[JsonSerializable(typeof(PrefixList))]
[JsonSerializable(typeof(RouteTable))]
[JsonSerializable(typeof(NatGateway))]
[JsonSerializable(typeof(ElasticAddress))]
[JsonSerializable(typeof(SecurityGroup))]
[JsonSerializable(typeof(NetworkAcl))]
[JsonSerializable(typeof(VpcEndpoint))]
[JsonSerializable(typeof(NetworkInterface))]
[JsonSerializable(typeof(DhcpOptionsSet))]
internal sealed partial class Ec2Json : JsonSerializerContext;
