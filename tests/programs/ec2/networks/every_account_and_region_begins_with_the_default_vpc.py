from ec2_calls import *

vpcs = ec2.describe_vpcs()['Vpcs']
v = vpcs[0]
expect(
    "1 172.31.0.0/16 True available default 444455556666 ['172.31.0.0/16']",
    len(vpcs),
    v['CidrBlock'],
    v['IsDefault'],
    v['State'],
    v['InstanceTenancy'],
    v['OwnerId'],
    [a['CidrBlock'] for a in v['CidrBlockAssociationSet']],
)
subnets = sorted(ec2.describe_subnets(Filters=of(v['VpcId']))['Subnets'], key=lambda s: s['AvailabilityZone'])
expect(
    "[('us-east-1a', '172.31.0.0/20'), ('us-east-1b', '172.31.16.0/20'), ('us-east-1c', '172.31.32.0/20'), ('us-east-1d', '172.31.48.0/20'), ('us-east-1e', '172.31.64.0/20'), ('us-east-1f', '172.31.80.0/20')]",
    [(s['AvailabilityZone'], s['CidrBlock']) for s in subnets],
)
expect(
    "{(True, True, 4091, 'available')}",
    {(s['DefaultForAz'], s['MapPublicIpOnLaunch'], s['AvailableIpAddressCount'], s['State']) for s in subnets},
)
igw = ec2.describe_internet_gateways(Filters=[{'Name': 'attachment.vpc-id', 'Values': [v['VpcId']]}])['InternetGateways'][0]
main = ec2.describe_route_tables(Filters=of(v['VpcId']))['RouteTables'][0]
expect(
    "[('172.31.0.0/16', 'local', 'active', 'CreateRouteTable'), ('0.0.0.0/0', 'IGW', 'active', 'CreateRoute')] True",
    [(r['DestinationCidrBlock'], r['GatewayId'].replace(igw['InternetGatewayId'], 'IGW'), r['State'], r['Origin']) for r in main['Routes']],
    main['Associations'][0]['Main'],
)
for a, expected in zip(
    ['enableDnsSupport', 'enableDnsHostnames', 'enableNetworkAddressUsageMetrics'],
    [
        'enableDnsSupport [True]',
        'enableDnsHostnames [True]',
        'enableNetworkAddressUsageMetrics [False]',
    ],
    strict=True,
):
    expect(
        expected,
        a,
        [value['Value'] for name, value in ec2.describe_vpc_attribute(VpcId=v['VpcId'], Attribute=a).items() if name.startswith('Enable')],
    )
g = ec2.describe_security_groups(GroupNames=['default'])['SecurityGroups'][0]
expect(
    "default VPC security group True -1 [{'CidrIp': '0.0.0.0/0'}]",
    g['Description'],
    g['IpPermissions'][0]['UserIdGroupPairs'][0]['GroupId'] == g['GroupId'],
    g['IpPermissions'][0]['IpProtocol'],
    g['IpPermissionsEgress'][0]['IpRanges'],
)
expect('True False', vpcs == client('ec2').describe_vpcs()['Vpcs'], vpcs == client('ec2', 'eu-central-1').describe_vpcs()['Vpcs'])
expect('3', len(client('ec2', 'eu-central-1').describe_subnets()['Subnets']))
expect('400 DefaultVpcAlreadyExists: A Default VPC already exists for this account in this region.', refused('create_default_vpc'))
