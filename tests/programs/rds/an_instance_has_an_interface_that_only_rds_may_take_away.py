from network_steps import *

v, subnets = vpc('10.7.0.0/16')
igw = gateway(v)
g, h = group(v, 'one'), group(v, 'two')
rds.create_db_subnet_group(DBSubnetGroupName='net', DBSubnetGroupDescription='d', SubnetIds=subnets)
cluster('net', DBSubnetGroupName='net', VpcSecurityGroupIds=[g])
i = instance('net', 'net-1')
e = interfaces(v)[0]
expect(
    'RDSNetworkInterface amazon-rds True interface in-use 444455556666 attached amazon-rds',
    e['Description'],
    e['RequesterId'],
    e['RequesterManaged'],
    e['InterfaceType'],
    e['Status'],
    e['OwnerId'],
    e['Attachment']['Status'],
    e['Attachment']['InstanceOwnerId'],
)
expect(
    "True 10.7.0.4 ['one'] True amazon",
    i['AvailabilityZone'] == e['AvailabilityZone'],
    e['PrivateIpAddress'],
    [x['GroupName'] for x in e['Groups']],
    i['PubliclyAccessible'],
    e['Association']['IpOwnerId'],
)


def tell(expected, text):
    for x, n in ((e['NetworkInterfaceId'], 'ENI'), (e['SubnetId'], 'SUBNET'), (g, 'G'), (v, 'VPC'), (igw, 'IGW')):
        text = text.replace(x, n)
    expect(expected, text)


tell(
    "InvalidParameterValue: Network interface 'ENI' is currently in use.",
    refused_by_ec2('delete_network_interface', NetworkInterfaceId=e['NetworkInterfaceId']),
)
tell(
    'AuthFailure: You do not have permission to access the specified resource.',
    refused_by_ec2('modify_network_interface_attribute', NetworkInterfaceId=e['NetworkInterfaceId'], Groups=[h]),
)
tell(
    "OperationNotPermitted: You are not allowed to manage 'ela-attach' attachments.",
    refused_by_ec2('detach_network_interface', AttachmentId=e['Attachment']['AttachmentId']),
)
tell('DependencyViolation: resource G has a dependent object', refused_by_ec2('delete_security_group', GroupId=g))
tell(
    "DependencyViolation: The subnet 'SUBNET' has dependencies and cannot be deleted.",
    refused_by_ec2('delete_subnet', SubnetId=e['SubnetId']),
)
tell(
    'DependencyViolation: Network VPC has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.',
    refused_by_ec2('detach_internet_gateway', InternetGatewayId=igw, VpcId=v),
)
tell("DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.", refused_by_ec2('delete_vpc', VpcId=v))
rds.modify_db_cluster(DBClusterIdentifier='net', VpcSecurityGroupIds=[h], ApplyImmediately=True)
tell('not refused', refused_by_ec2('delete_security_group', GroupId=g))
rds.modify_db_instance(DBInstanceIdentifier='net-1', PubliclyAccessible=False, ApplyImmediately=True)
after = interfaces(v)[0]
expect(
    "['two'] False True",
    [x['GroupName'] for x in after['Groups']],
    'Association' in after,
    after['NetworkInterfaceId'] == e['NetworkInterfaceId'],
)
delete('net', 'net-1')
expect('[]', interfaces(v))
rds.delete_db_subnet_group(DBSubnetGroupName='net')
for s in subnets:
    ec2.delete_subnet(SubnetId=s)
ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v)
ec2.delete_security_group(GroupId=h)
ec2.delete_vpc(VpcId=v)
