from ec2_calls import *

made = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True)['Vpc']
v = made['VpcId']
read = ec2.describe_vpcs(
    Filters=[{'Name': 'ipv6-cidr-block-association.association-id', 'Values': [made['Ipv6CidrBlockAssociationSet'][0]['AssociationId']]}]
)['Vpcs'][0]
block = read['Ipv6CidrBlockAssociationSet'][0]
cidr = block['Ipv6CidrBlock']
expect(
    "{'State': 'associating'} {'State': 'associated'} True us-east-1 Amazon",
    made['Ipv6CidrBlockAssociationSet'][0]['Ipv6CidrBlockState'],
    block['Ipv6CidrBlockState'],
    cidr.startswith('2001:db8:') and cidr.endswith('/56'),
    block['NetworkBorderGroup'],
    block['Ipv6Pool'],
)


def routes():
    return [
        r.get('DestinationIpv6CidrBlock', r.get('DestinationCidrBlock')).replace(cidr, 'IPV6')
        for r in ec2.describe_route_tables(Filters=of(v))['RouteTables'][0]['Routes']
    ]


def entries():
    return sorted(
        (e['Egress'], e['RuleNumber'], e['RuleAction'], e.get('Ipv6CidrBlock', e.get('CidrBlock')))
        for e in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'][0]['Entries']
    )


def egress(g):
    return [
        [r['CidrIp'] for r in p['IpRanges']] + [r['CidrIpv6'] for r in p['Ipv6Ranges']]
        for p in ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissionsEgress']
    ]


default = ec2.describe_security_groups(Filters=of(v))['SecurityGroups'][0]['GroupId']
expect(
    "['10.0.0.0/16', 'IPV6'] [(False, 100, 'allow', '0.0.0.0/0'), (False, 101, 'allow', '::/0'), (False, 32767, 'deny', '0.0.0.0/0'), (False, 32768, 'deny', '::/0')]",
    routes(),
    entries()[:4],
)
expect("[['0.0.0.0/0', '::/0']] [['0.0.0.0/0', '::/0']]", egress(default), egress(group(v)))
import ipaddress


def part(n):
    return str(list(ipaddress.ip_network(cidr).subnets(new_prefix=64))[n])


s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24', Ipv6CidrBlock=part(1))['Subnet']
expect("{'State': 'associated'} False", s['Ipv6CidrBlockAssociationSet'][0]['Ipv6CidrBlockState'], s['AssignIpv6AddressOnCreation'])
ec2.modify_subnet_attribute(SubnetId=s['SubnetId'], AssignIpv6AddressOnCreation={'Value': True})
eni = ec2.create_network_interface(SubnetId=s['SubnetId'])['NetworkInterface']
expect(
    '1 400 DependencyViolation',
    len(eni['Ipv6Addresses']),
    refused('disassociate_subnet_cidr_block', AssociationId=s['Ipv6CidrBlockAssociationSet'][0]['AssociationId']).split(':')[0],
)
expect(
    "400 DependencyViolation: The vpc CIDR block 'IPV6' has dependencies and cannot be deleted.",
    refused('disassociate_vpc_cidr_block', AssociationId=block['AssociationId']).replace(cidr, 'IPV6'),
)
ec2.delete_network_interface(NetworkInterfaceId=eni['NetworkInterfaceId'])
expect(
    "{'State': 'disassociating'} []",
    ec2.disassociate_subnet_cidr_block(AssociationId=s['Ipv6CidrBlockAssociationSet'][0]['AssociationId'])['Ipv6CidrBlockAssociation'][
        'Ipv6CidrBlockState'
    ],
    ec2.describe_subnets(SubnetIds=[s['SubnetId']])['Subnets'][0]['Ipv6CidrBlockAssociationSet'],
)
expect(
    'True',
    ec2.associate_subnet_cidr_block(SubnetId=s['SubnetId'], Ipv6CidrBlock=part(1))['Ipv6CidrBlockAssociation']['Ipv6CidrBlock'] == part(1),
)
ec2.delete_subnet(SubnetId=s['SubnetId'])
expect(
    "{'State': 'disassociating'} ['10.0.0.0/16'] []",
    ec2.disassociate_vpc_cidr_block(AssociationId=block['AssociationId'])['Ipv6CidrBlockAssociation']['Ipv6CidrBlockState'],
    routes(),
    ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0].get('Ipv6CidrBlockAssociationSet', []),
)
