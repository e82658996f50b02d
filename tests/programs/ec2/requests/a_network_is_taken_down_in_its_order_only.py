from ec2_calls import *

v = vpc()
s = subnet(v)
igw = gateway(v)
t = table(v)
g, h = group(v, 'g'), group(v, 'h')
a = ec2.associate_route_table(RouteTableId=t, SubnetId=s)['AssociationId']
eip = ec2.allocate_address(Domain='vpc')
nat = ec2.create_nat_gateway(SubnetId=s, AllocationId=eip['AllocationId'])['NatGateway']['NatGatewayId']
ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', NatGatewayId=nat)
e = ec2.create_vpc_endpoint(
    VpcId=v,
    VpcEndpointType='Interface',
    ServiceName='com.amazonaws.us-east-1.lambda',
    SubnetIds=[s],
    SecurityGroupIds=[g],
    PrivateDnsEnabled=False,
)['VpcEndpoint']
ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}])
n = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']
held = [x for y in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'] for x in y['Associations']][0]['NetworkAclAssociationId']
ec2.replace_network_acl_association(AssociationId=held, NetworkAclId=n)
default = [x for x in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'] if x['IsDefault']][0]['NetworkAclId']
dopt = ec2.create_dhcp_options(DhcpConfigurations=[{'Key': 'domain-name', 'Values': ['x']}])['DhcpOptions']['DhcpOptionsId']
ec2.associate_dhcp_options(DhcpOptionsId=dopt, VpcId=v)
main = ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables'][0]
names = {
    v: 'V',
    s: 'S',
    igw: 'IGW',
    t: 'T',
    g: 'G',
    h: 'H',
    a: 'A',
    eip['PublicIp']: 'EIP',
    nat: 'NAT',
    e['VpcEndpointId']: 'VPCE',
    n: 'ACL',
    default: 'DEFAULT',
    dopt: 'DOPT',
    e['NetworkInterfaceIds'][0]: 'ENI',
    main['RouteTableId']: 'MAIN',
    main['Associations'][0]['RouteTableAssociationId']: 'MAINASSOC',
}


def tell(expected, operation, **parameters):
    text = refused(operation, **parameters)
    for i, name in names.items():
        text = text.replace(i, name)
    expect(expected, text)


tell("400 DependencyViolation: The vpc 'V' has dependencies and cannot be deleted.", 'delete_vpc', VpcId=v)
tell("400 DependencyViolation: The subnet 'S' has dependencies and cannot be deleted.", 'delete_subnet', SubnetId=s)
tell(
    "400 DependencyViolation: The internetGateway 'IGW' has dependencies and cannot be deleted.",
    'delete_internet_gateway',
    InternetGatewayId=igw,
)
tell(
    '400 DependencyViolation: Network V has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.',
    'detach_internet_gateway',
    InternetGatewayId=igw,
    VpcId=v,
)
tell("400 DependencyViolation: The routeTable 'T' has dependencies and cannot be deleted.", 'delete_route_table', RouteTableId=t)
tell(
    "400 DependencyViolation: The routeTable 'MAIN' has dependencies and cannot be deleted.",
    'delete_route_table',
    RouteTableId=main['RouteTableId'],
)
tell(
    '400 InvalidParameterValue: cannot disassociate the main route table association MAINASSOC',
    'disassociate_route_table',
    AssociationId=main['Associations'][0]['RouteTableAssociationId'],
)
tell('400 InvalidIPAddress.InUse: Address EIP is in use.', 'release_address', AllocationId=eip['AllocationId'])
tell('400 DependencyViolation: resource G has a dependent object', 'delete_security_group', GroupId=g)
tell('400 DependencyViolation: resource H has a dependent object', 'delete_security_group', GroupId=h)
tell(
    "400 InvalidParameterValue: Network interface 'ENI' is currently in use.",
    'delete_network_interface',
    NetworkInterfaceId=e['NetworkInterfaceIds'][0],
)
tell("400 DependencyViolation: The networkAcl 'ACL' has dependencies and cannot be deleted.", 'delete_network_acl', NetworkAclId=n)
tell('400 InvalidParameterValue: cannot delete default network ACL DEFAULT', 'delete_network_acl', NetworkAclId=default)
tell("400 DependencyViolation: The dhcpOptions 'DOPT' has dependencies and cannot be deleted.", 'delete_dhcp_options', DhcpOptionsId=dopt)
tell(
    begins('400 OperationNotPermitted: The vpc CIDR block with association ID vpc-cidr-assoc-'),
    'disassociate_vpc_cidr_block',
    AssociationId=ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['CidrBlockAssociationSet'][0]['AssociationId'],
)
# In order
ec2.delete_vpc_endpoints(VpcEndpointIds=[e['VpcEndpointId']])
ec2.delete_nat_gateway(NatGatewayId=nat)
ec2.release_address(AllocationId=eip['AllocationId'])
ec2.delete_security_group(GroupId=g)
ec2.delete_security_group(GroupId=h)
ec2.disassociate_route_table(AssociationId=a)
ec2.delete_subnet(SubnetId=s)
ec2.delete_route_table(RouteTableId=t)
ec2.delete_network_acl(NetworkAclId=n)
ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v)
ec2.delete_internet_gateway(InternetGatewayId=igw)
ec2.delete_vpc(VpcId=v)
ec2.delete_dhcp_options(DhcpOptionsId=dopt)
expect('gone', 'gone')
