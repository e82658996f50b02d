from ec2_calls import *

v = vpc()
s = subnet(v)
g = group(v)
igw = gateway(v)
made = ec2.create_network_interface(SubnetId=s, Description='mine', Groups=[g], PrivateIpAddress='10.0.1.20')['NetworkInterface']
e = made['NetworkInterfaceId']
read = ec2.describe_network_interfaces(NetworkInterfaceIds=[e])['NetworkInterfaces'][0]
expect(
    'pending available 10.0.1.20 [True] False interface False False',
    made['Status'],
    read['Status'],
    read['PrivateIpAddress'],
    [x['GroupId'] == g for x in read['Groups']],
    read['RequesterManaged'],
    read['InterfaceType'],
    'PrivateDnsName' in read,
    'Attachment' in read,
)
second = ec2.create_network_interface(SubnetId=s)['NetworkInterface']
expect('10.0.1.4 default True', second['PrivateIpAddress'], second['Groups'][0]['GroupName'], second['MacAddress'] != read['MacAddress'])


def tell(expected, text):
    expect(expected, text.replace(s, 'SUBNET').replace(g, 'G'))


tell("400 DependencyViolation: The subnet 'SUBNET' has dependencies and cannot be deleted.", refused('delete_subnet', SubnetId=s))
tell('400 DependencyViolation: resource G has a dependent object', refused('delete_security_group', GroupId=g))
a, b = ec2.allocate_address(), ec2.allocate_address()
association = ec2.associate_address(AllocationId=a['AllocationId'], NetworkInterfaceId=e)['AssociationId']
tell(
    '400 Resource.AlreadyAssociated: resource A is already associated with associate-id ASSOC',
    refused('associate_address', AllocationId=a['AllocationId'], NetworkInterfaceId=second['NetworkInterfaceId'], AllowReassociation=False)
    .replace(a['AllocationId'], 'A')
    .replace(association, 'ASSOC'),
)
ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
read = ec2.describe_network_interfaces(Filters=[{'Name': 'association.public-ip', 'Values': [a['PublicIp']]}])['NetworkInterfaces'][0]
expect(
    'True ip-10-0-1-20.ec2.internal ec2-IP.compute-1.amazonaws.com 444455556666 True',
    read['NetworkInterfaceId'] == e,
    read['PrivateDnsName'],
    read['Association']['PublicDnsName'].replace(a['PublicIp'].replace('.', '-'), 'IP'),
    read['Association']['IpOwnerId'],
    read['PrivateIpAddresses'][0]['Association'] == read['Association'],
)
ec2.associate_address(AllocationId=b['AllocationId'], NetworkInterfaceId=e)
expect('[False, True]', ['AssociationId' in ec2.describe_addresses(PublicIps=[x['PublicIp']])['Addresses'][0] for x in (a, b)])
tell(
    "400 InvalidAssociationID.NotFound: The association ID 'ASSOC' does not exist",
    refused('disassociate_address', AssociationId=association).replace(association, 'ASSOC'),
)
tell(
    '400 InvalidParameterValue: You must specify an allocation id when releasing a VPC elastic IP address',
    refused('release_address', PublicIp=a['PublicIp']),
)
other = group(v, 'other')
ec2.modify_network_interface_attribute(NetworkInterfaceId=e, Groups=[other])
ec2.modify_network_interface_attribute(NetworkInterfaceId=e, SourceDestCheck={'Value': False})
ec2.delete_security_group(GroupId=g)
read = ec2.describe_network_interfaces(Filters=[{'Name': 'group-id', 'Values': [other]}])['NetworkInterfaces'][0]
expect('False other 444455556666', read['SourceDestCheck'], read['Groups'][0]['GroupName'], read['OwnerId'])
ec2.delete_network_interface(NetworkInterfaceId=e)
ec2.delete_network_interface(NetworkInterfaceId=second['NetworkInterfaceId'])
expect('[]', ec2.describe_addresses_attribute(AllocationIds=[a['AllocationId']], Attribute='domain-name')['Addresses'])
for x in (a, b):
    ec2.release_address(AllocationId=x['AllocationId'])
tell(
    "400 InvalidAddress.NotFound: Address 'IP' not found.",
    refused('describe_addresses', PublicIps=[a['PublicIp']]).replace(a['PublicIp'], 'IP'),
)
ec2.delete_subnet(SubnetId=s)
