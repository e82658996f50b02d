from terraform_sequence_steps import *

import ipaddress

# aws_vpc with assign_generated_ipv6_cidr_block
v = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True, TagSpecifications=named('vpc', 'tf'))['Vpc']
block = the_one(v['Ipv6CidrBlockAssociationSet'])
v = v['VpcId']
shown = the_one(ec2.describe_vpcs(Filters=where(ipv6_cidr_block_association__association_id=block['AssociationId']))['Vpcs'])
compare(
    'aws_vpc',
    {
        'Ipv6CidrBlockAssociationSet': [
            {
                'AssociationId': block['AssociationId'],
                'Ipv6CidrBlock': block['Ipv6CidrBlock'],
                'Ipv6CidrBlockState': {'State': 'associated'},
                'NetworkBorderGroup': 'us-east-1',
                'Ipv6Pool': 'Amazon',
                'Ipv6AddressAttribute': 'public',
                'IpSource': 'amazon',
            }
        ]
    },
    shown,
)
undo.append(lambda: ec2.delete_vpc(VpcId=v))

# aws_subnet: the block with the request, attributes one by one
cidr = str(next(ipaddress.ip_network(block['Ipv6CidrBlock']).subnets(new_prefix=64)))
s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.0.0/24', Ipv6CidrBlock=cidr, TagSpecifications=named('subnet', 'tf'))['Subnet']['SubnetId']
for attribute in (
    'AssignIpv6AddressOnCreation',
    'EnableDns64',
    'EnableResourceNameDnsAAAARecordOnLaunch',
    'EnableResourceNameDnsARecordOnLaunch',
):
    ec2.modify_subnet_attribute(SubnetId=s, **{attribute: {'Value': True}})
ec2.modify_subnet_attribute(SubnetId=s, PrivateDnsHostnameTypeOnLaunch='resource-name')
shown = the_one(ec2.describe_subnets(SubnetIds=[s])['Subnets'])
compare(
    'aws_subnet',
    {
        'AssignIpv6AddressOnCreation': True,
        'EnableDns64': True,
        'PrivateDnsNameOptionsOnLaunch': {
            'HostnameType': 'resource-name',
            'EnableResourceNameDnsARecord': True,
            'EnableResourceNameDnsAAAARecord': True,
        },
    },
    shown,
)
compare('aws_subnet', {'Ipv6CidrBlock': cidr, 'Ipv6CidrBlockState': {'State': 'associated'}}, the_one(shown['Ipv6CidrBlockAssociationSet']))
undo.append(lambda: ec2.delete_subnet(SubnetId=s))

# aws_egress_only_internet_gateway and its route
e = ec2.create_egress_only_internet_gateway(VpcId=v, TagSpecifications=named('egress-only-internet-gateway', 'tf'))[
    'EgressOnlyInternetGateway'
]['EgressOnlyInternetGatewayId']
compare(
    'aws_egress_only_internet_gateway',
    {'Attachments': [{'State': 'attached', 'VpcId': v}], 'Tags': TAGS},
    the_one(ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[e])['EgressOnlyInternetGateways']),
)
t = the_one(ec2.describe_route_tables(Filters=where(association__main='true', vpc_id=v))['RouteTables'])['RouteTableId']
ec2.create_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0', EgressOnlyInternetGatewayId=e)


def route(**destination):
    name, value = the_one(list(destination.items()))
    return the_one([r for r in the_one(ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'])['Routes'] if r.get(name) == value])


compare('aws_route', {'EgressOnlyInternetGatewayId': e, 'State': 'active', 'Origin': 'CreateRoute'}, route(DestinationIpv6CidrBlock='::/0'))


def destroy():
    ec2.delete_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0')
    ec2.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=e)
    equal(ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[e])['EgressOnlyInternetGateways'], [])


undo.append(destroy)

# aws_vpc_peering_connection with auto_accept, its options and route
w = ec2.create_vpc(CidrBlock='10.1.0.0/16')['Vpc']['VpcId']
undo.append(lambda: ec2.delete_vpc(VpcId=w))
p = ec2.create_vpc_peering_connection(VpcId=v, PeerVpcId=w, TagSpecifications=named('vpc-peering-connection', 'tf'))[
    'VpcPeeringConnection'
]['VpcPeeringConnectionId']
equal(
    the_one(ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'])['Status']['Code'],
    'pending-acceptance',
)
ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=p)
ec2.modify_vpc_peering_connection_options(
    VpcPeeringConnectionId=p, RequesterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': False}
)
shown = the_one(ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'])
compare('aws_vpc_peering_connection', {'Status': {'Code': 'active', 'Message': 'Active'}, 'Tags': TAGS}, shown)
compare('aws_vpc_peering_connection', {'VpcId': w, 'OwnerId': '444455556666', 'Region': 'us-east-1'}, shown['AccepterVpcInfo'])
ec2.create_route(RouteTableId=t, DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId=p)
compare('aws_route', {'VpcPeeringConnectionId': p, 'State': 'active'}, route(DestinationCidrBlock='10.1.0.0/16'))


def destroy():
    ec2.delete_route(RouteTableId=t, DestinationCidrBlock='10.1.0.0/16')
    ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=p)
    equal(the_one(ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'])['Status']['Code'], 'deleted')


undo.append(destroy)

# aws_ec2_managed_prefix_list: entries change with the version
l = ec2.create_managed_prefix_list(
    PrefixListName='tf',
    AddressFamily='IPv4',
    MaxEntries=5,
    ClientToken='tf-l',
    Entries=[{'Cidr': '10.0.0.0/8', 'Description': 'a'}],
    TagSpecifications=named('prefix-list', 'tf'),
)['PrefixList']['PrefixListId']
ec2.modify_managed_prefix_list(PrefixListId=l, CurrentVersion=1, AddEntries=[{'Cidr': '11.0.0.0/8'}])
shown = the_one(ec2.describe_managed_prefix_lists(PrefixListIds=[l])['PrefixLists'])
compare(
    'aws_ec2_managed_prefix_list',
    {
        'PrefixListName': 'tf',
        'AddressFamily': 'IPv4',
        'MaxEntries': 5,
        'Version': 2,
        'State': 'modify-complete',
        'OwnerId': '444455556666',
        'Tags': TAGS,
    },
    shown,
)
compare(
    'aws_ec2_managed_prefix_list',
    {'Entries': [{'Cidr': '10.0.0.0/8', 'Description': 'a'}, {'Cidr': '11.0.0.0/8'}]},
    ec2.get_managed_prefix_list_entries(PrefixListId=l),
)
ec2.get_managed_prefix_list_associations(PrefixListId=l)
undo.append(lambda: ec2.delete_managed_prefix_list(PrefixListId=l))

expect('[]', drift)
for destroy in reversed(undo):
    destroy()
expect(
    '[[], []] []',
    [ec2.describe_vpcs(VpcIds=[])['Vpcs'] and ec2.describe_vpcs(Filters=of(x))['Vpcs'] for x in (v, w)],
    ec2.describe_managed_prefix_lists(Filters=where(owner_id='444455556666'))['PrefixLists'],
)
expect('set() True', strange, len(answers) > 30)
