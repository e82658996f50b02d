from ec2_calls import *

made = ec2.create_vpc(CidrBlock='10.1.0.0/16', TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [{'Key': 'Name', 'Value': 'mine'}]}])[
    'Vpc'
]
v = made['VpcId']
read = ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]
expect(
    'pending available True',
    made['State'],
    read['State'],
    {k: x for k, x in made.items() if k != 'State'} == {k: x for k, x in read.items() if k != 'State'},
)
expect(
    "False [{'Key': 'Name', 'Value': 'mine'}] {'State': 'associated'}",
    read['IsDefault'],
    read['Tags'],
    read['CidrBlockAssociationSet'][0]['CidrBlockState'],
)
main = ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables']
expect("1 [('10.1.0.0/16', 'local')]", len(main), [(r['DestinationCidrBlock'], r['GatewayId']) for r in main[0]['Routes']])
g = ec2.describe_security_groups(Filters=of(v) + [{'Name': 'group-name', 'Values': ['default']}])['SecurityGroups']
expect('1 default VPC security group', len(g), g[0]['Description'])
ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
ec2.modify_vpc_attribute(VpcId=v, EnableDnsSupport={'Value': False})
expect(
    "[('EnableDnsHostnames', {'Value': True}), ('EnableDnsSupport', {'Value': False})]",
    [list(plain(ec2.describe_vpc_attribute(VpcId=v, Attribute=a)).items())[0] for a in ['enableDnsHostnames', 'enableDnsSupport']],
)
second = ec2.associate_vpc_cidr_block(VpcId=v, CidrBlock='10.2.0.0/16')['CidrBlockAssociation']
expect(
    "['10.1.0.0/16', '10.2.0.0/16'] ['10.1.0.0/16', '10.2.0.0/16']",
    [a['CidrBlock'] for a in ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['CidrBlockAssociationSet']],
    [r['DestinationCidrBlock'] for r in ec2.describe_route_tables(Filters=of(v))['RouteTables'][0]['Routes']],
)
s = subnet(v, '10.2.3.0/24')
expect(
    "400 DependencyViolation: The vpc CIDR block '10.2.0.0/16' has dependencies and cannot be deleted.",
    refused('disassociate_vpc_cidr_block', AssociationId=second['AssociationId']),
)
ec2.delete_subnet(SubnetId=s)
ec2.disassociate_vpc_cidr_block(AssociationId=second['AssociationId'])
expect("['10.1.0.0/16']", [a['CidrBlock'] for a in ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['CidrBlockAssociationSet']])
ec2.delete_vpc(VpcId=v)
expect(
    "400 InvalidVpcID.NotFound: The vpc ID 'VPC' does not exist [] []",
    refused('describe_vpcs', VpcIds=[v]).replace(v, 'VPC'),
    ec2.describe_route_tables(Filters=of(v))['RouteTables'],
    ec2.describe_security_groups(Filters=of(v))['SecurityGroups'],
)
