from ec2_calls import *

ec2 = ec2_in('eu-west-1')
v = ec2.describe_vpcs()['Vpcs'][0]['VpcId']
expect(
    "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
    refused('delete_vpc', VpcId=v, of=ec2).replace(v, 'VPC'),
)
for s in ec2.describe_subnets()['Subnets']:
    ec2.delete_subnet(SubnetId=s['SubnetId'])
igw = ec2.describe_internet_gateways()['InternetGateways'][0]['InternetGatewayId']
expect(
    "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
    refused('delete_vpc', VpcId=v, of=ec2).replace(v, 'VPC'),
)
expect(
    "400 DependencyViolation: The internetGateway 'IGW' has dependencies and cannot be deleted.",
    refused('delete_internet_gateway', InternetGatewayId=igw, of=ec2).replace(igw, 'IGW'),
)
ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v)
ec2.delete_internet_gateway(InternetGatewayId=igw)
ec2.delete_vpc(VpcId=v)
expect(
    '[] [] []', ec2.describe_vpcs()['Vpcs'], ec2.describe_route_tables()['RouteTables'], ec2.describe_security_groups()['SecurityGroups']
)
expect('400 VPCIdNotSpecified: No default VPC for this user', refused('create_security_group', GroupName='x', Description='d', of=ec2))
expect('400 DefaultVpcDoesNotExist: No default VPC found', refused('create_default_subnet', AvailabilityZone='eu-west-1b', of=ec2))
made = ec2.create_default_vpc()['Vpc']
expect('True pending False 3', made['IsDefault'], made['State'], made['VpcId'] == v, len(ec2.describe_subnets()['Subnets']))
b = ec2.describe_subnets(Filters=[{'Name': 'availability-zone', 'Values': ['eu-west-1b']}])['Subnets'][0]['SubnetId']
expect(
    "400 DefaultSubnetAlreadyExistsInAvailabilityZone: 'SUBNET' is already the default subnet in eu-west-1b.",
    refused('create_default_subnet', AvailabilityZone='eu-west-1b', of=ec2).replace(b, 'SUBNET'),
)
ec2.delete_subnet(SubnetId=b)
again = ec2.create_default_subnet(AvailabilityZone='eu-west-1b')['Subnet']
expect('172.31.16.0/20 True True', again['CidrBlock'], again['DefaultForAz'], again['MapPublicIpOnLaunch'])
