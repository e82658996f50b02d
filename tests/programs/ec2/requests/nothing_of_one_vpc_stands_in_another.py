from ec2_calls import *

v, w = vpc(), vpc('10.1.0.0/16')
s, far = subnet(v), subnet(w, '10.1.1.0/24')
g, h = group(v), group(w)
t, u = table(v), table(w)
igw = gateway(w)
eip = ec2.allocate_address(Domain='vpc')['AllocationId']
nat = ec2.create_nat_gateway(SubnetId=far, AllocationId=eip)['NatGateway']['NatGatewayId']
eni = ec2.create_network_interface(SubnetId=far)['NetworkInterface']['NetworkInterfaceId']
acl = ec2.create_network_acl(VpcId=w)['NetworkAcl']['NetworkAclId']
a = ec2.associate_route_table(RouteTableId=t, SubnetId=s)['AssociationId']
held = [x for y in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'] for x in y['Associations']][0]['NetworkAclAssociationId']
names = {v: 'V', w: 'W', s: 'S', far: 'FAR', g: 'G', h: 'H', t: 'T', u: 'U', igw: 'IGW', nat: 'NAT', eni: 'ENI', acl: 'ACL'}


def tell(expected, operation, **parameters):
    text = refused(operation, **parameters)
    for i, name in names.items():
        text = text.replace(i, name)
    expect(expected, text)


tell(
    '400 InvalidParameterValue: route table U and subnet S belong to different networks',
    'associate_route_table',
    RouteTableId=u,
    SubnetId=s,
)
tell(
    '400 InvalidParameterValue: route table U and subnet S belong to different networks',
    'replace_route_table_association',
    AssociationId=a,
    RouteTableId=u,
)
tell(
    '400 InvalidParameterValue: network ACL ACL and subnet S belong to different networks',
    'replace_network_acl_association',
    AssociationId=held,
    NetworkAclId=acl,
)
tell(
    '400 InvalidParameterValue: route table T and network gateway IGW belong to different networks',
    'create_route',
    RouteTableId=t,
    DestinationCidrBlock='0.0.0.0/0',
    GatewayId=igw,
)
tell(
    '400 InvalidParameterValue: route table T and nat gateway NAT belong to different networks',
    'create_route',
    RouteTableId=t,
    DestinationCidrBlock='0.0.0.0/0',
    NatGatewayId=nat,
)
tell(
    '400 InvalidParameterValue: route table T and interface ENI belong to different networks',
    'create_route',
    RouteTableId=t,
    DestinationCidrBlock='0.0.0.0/0',
    NetworkInterfaceId=eni,
)
tell(
    '400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.',
    'authorize_security_group_ingress',
    GroupId=g,
    IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}],
)
tell("400 InvalidGroup.NotFound: The security group 'H' does not exist in VPC 'V'", 'create_network_interface', SubnetId=s, Groups=[h])
tell("400 InvalidSubnet.Range: The CIDR '10.1.2.0/24' is invalid.", 'create_subnet', VpcId=v, CidrBlock='10.1.2.0/24')
endpoint = {'VpcId': v, 'VpcEndpointType': 'Interface', 'ServiceName': 'com.amazonaws.us-east-1.lambda', 'PrivateDnsEnabled': False}
tell('400 InvalidParameter: Subnet FAR does not belong to VPC V', 'create_vpc_endpoint', **endpoint, SubnetIds=[far])
tell(
    "400 InvalidGroup.NotFound: The security group 'H' does not exist in VPC 'V'",
    'create_vpc_endpoint',
    **endpoint,
    SubnetIds=[s],
    SecurityGroupIds=[h]
)
tell(
    '400 InvalidParameter: Route table U does not belong to VPC V',
    'create_vpc_endpoint',
    VpcId=v,
    ServiceName='com.amazonaws.us-east-1.s3',
    RouteTableIds=[u],
)
