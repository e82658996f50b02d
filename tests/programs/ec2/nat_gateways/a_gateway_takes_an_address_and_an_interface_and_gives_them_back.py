from ec2_calls import *

v = vpc()
s = subnet(v)
igw = gateway(v)
t = table(v)
a = ec2.allocate_address(Domain='vpc', TagSpecifications=[{'ResourceType': 'elastic-ip', 'Tags': [{'Key': 'Name', 'Value': 'nat'}]}])
expect('vpc amazon us-east-1 True', a['Domain'], a['PublicIpv4Pool'], a['NetworkBorderGroup'], a['PublicIp'].startswith('198.18.'))
made = ec2.create_nat_gateway(SubnetId=s, AllocationId=a['AllocationId'], ClientToken='t1')['NatGateway']
n = made['NatGatewayId']
ec2.get_waiter('nat_gateway_available').wait(NatGatewayIds=[n])
read = ec2.describe_nat_gateways(Filters=[{'Name': 'subnet-id', 'Values': [s]}])['NatGateways'][0]
address = read['NatGatewayAddresses'][0]
expect(
    'pending available public True True 10.0.1.4 True succeeded',
    made['State'],
    read['State'],
    read['ConnectivityType'],
    read['VpcId'] == v,
    address['PublicIp'] == a['PublicIp'],
    address['PrivateIp'],
    address['IsPrimary'],
    address['Status'],
)
expect('True', ec2.create_nat_gateway(SubnetId=s, AllocationId=a['AllocationId'], ClientToken='t1')['NatGateway']['NatGatewayId'] == n)
eni = ec2.describe_network_interfaces(NetworkInterfaceIds=[address['NetworkInterfaceId']])['NetworkInterfaces'][0]
expect(
    'Interface for NAT Gateway NAT nat_gateway True False [] in-use True',
    eni['Description'].replace(n, 'NAT'),
    eni['InterfaceType'],
    eni['RequesterManaged'],
    eni['SourceDestCheck'],
    eni['Groups'],
    eni['Status'],
    eni['Association']['PublicIp'] == a['PublicIp'],
)
used = ec2.describe_addresses(AllocationIds=[a['AllocationId']])['Addresses'][0]
expect(
    "True True True [{'Key': 'Name', 'Value': 'nat'}]",
    used['AssociationId'] == address['AssociationId'],
    used['NetworkInterfaceId'] == eni['NetworkInterfaceId'],
    used['PrivateIpAddress'] == address['PrivateIp'],
    used['Tags'],
)
ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', NatGatewayId=n)


def state():
    return [
        (r['State'], r['NatGatewayId'] == n)
        for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes']
        if 'NatGatewayId' in r
    ]


expect("[('active', True)] 250", state(), ec2.describe_subnets(SubnetIds=[s])['Subnets'][0]['AvailableIpAddressCount'])


def tell(expected, text):
    expect(expected, text.replace(s, 'SUBNET').replace(a['PublicIp'], 'IP').replace(eni['NetworkInterfaceId'], 'ENI').replace(v, 'VPC'))


tell("400 DependencyViolation: The subnet 'SUBNET' has dependencies and cannot be deleted.", refused('delete_subnet', SubnetId=s))
tell('400 InvalidIPAddress.InUse: Address IP is in use.', refused('release_address', AllocationId=a['AllocationId']))
tell(
    '400 AuthFailure: You do not have permission to access the specified resource.',
    refused('disassociate_address', AssociationId=used['AssociationId']),
)
tell(
    "400 InvalidParameterValue: Network interface 'ENI' is currently in use.",
    refused('delete_network_interface', NetworkInterfaceId=eni['NetworkInterfaceId']),
)
tell(
    "400 OperationNotPermitted: You are not allowed to manage 'ela-attach' attachments.",
    refused('detach_network_interface', AttachmentId=eni['Attachment']['AttachmentId']),
)
tell(
    '400 DependencyViolation: Network VPC has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.',
    refused('detach_internet_gateway', InternetGatewayId=igw, VpcId=v),
)
expect(
    "True deleted [('blackhole', True)]",
    ec2.delete_nat_gateway(NatGatewayId=n)['NatGatewayId'] == n,
    ec2.describe_nat_gateways(NatGatewayIds=[n])['NatGateways'][0]['State'],
    state(),
)
ec2.get_waiter('nat_gateway_deleted').wait(NatGatewayIds=[n])
expect('[]', ec2.describe_network_interfaces(Filters=of(v))['NetworkInterfaces'])
ec2.release_address(AllocationId=a['AllocationId'])
ec2.delete_subnet(SubnetId=s)
