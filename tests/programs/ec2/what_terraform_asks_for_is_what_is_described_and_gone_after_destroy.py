from terraform_sequence_steps import *

# aws_vpc: create, attributes one by one; read: attributes, then what came with it
v = ec2.create_vpc(
    CidrBlock='10.0.0.0/16', InstanceTenancy='default', AmazonProvidedIpv6CidrBlock=False, TagSpecifications=named('vpc', 'tf')
)['Vpc']['VpcId']
ec2.get_waiter('vpc_available').wait(VpcIds=[v])
ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
compare(
    'aws_vpc',
    {'CidrBlock': '10.0.0.0/16', 'InstanceTenancy': 'default', 'Tags': TAGS, 'Ipv6CidrBlockAssociationSet': []},
    {'Ipv6CidrBlockAssociationSet': [], **the_one(ec2.describe_vpcs(VpcIds=[v])['Vpcs'])},
)
for attribute, value in (('enableDnsHostnames', True), ('enableDnsSupport', True), ('enableNetworkAddressUsageMetrics', False)):
    compare('aws_vpc', {attribute[0].upper() + attribute[1:]: {'Value': value}}, ec2.describe_vpc_attribute(VpcId=v, Attribute=attribute))
acl = the_one(ec2.describe_network_acls(Filters=where(default='true', vpc_id=v))['NetworkAcls'])
main = the_one(ec2.describe_route_tables(Filters=where(association__main='true', vpc_id=v))['RouteTables'])
the_one(ec2.describe_security_groups(Filters=where(group_name='default', vpc_id=v))['SecurityGroups'])
undo.append(lambda: ec2.delete_vpc(VpcId=v))


# aws_subnet
def aws_subnet(cidr, zone, public):
    s = ec2.create_subnet(VpcId=v, CidrBlock=cidr, AvailabilityZone=zone, TagSpecifications=named('subnet', 'tf'))['Subnet']['SubnetId']
    ec2.get_waiter('subnet_available').wait(SubnetIds=[s])
    if public:
        ec2.modify_subnet_attribute(SubnetId=s, MapPublicIpOnLaunch={'Value': True})
    compare(
        'aws_subnet',
        {
            'CidrBlock': cidr,
            'AvailabilityZone': zone,
            'MapPublicIpOnLaunch': public,
            'VpcId': v,
            'Tags': TAGS,
            'AssignIpv6AddressOnCreation': False,
            'EnableDns64': False,
            'Ipv6Native': False,
            'DefaultForAz': False,
            'PrivateDnsNameOptionsOnLaunch': {
                'HostnameType': 'ip-name',
                'EnableResourceNameDnsARecord': False,
                'EnableResourceNameDnsAAAARecord': False,
            },
        },
        the_one(ec2.describe_subnets(SubnetIds=[s])['Subnets']),
    )

    def destroy():
        equal(ec2.describe_network_interfaces(Filters=where(subnet_id=s, description='AWS Lambda VPC ENI*'))['NetworkInterfaces'], [])
        ec2.delete_subnet(SubnetId=s)

    undo.append(destroy)
    return s


public, private = aws_subnet('10.0.0.0/24', 'us-east-1a', True), aws_subnet('10.0.1.0/24', 'us-east-1b', False)

# aws_internet_gateway
igw = ec2.create_internet_gateway(TagSpecifications=named('internet-gateway', 'tf'))['InternetGateway']['InternetGatewayId']
ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=v)
compare(
    'aws_internet_gateway',
    {'Attachments': [{'State': 'available', 'VpcId': v}], 'Tags': TAGS},
    the_one(ec2.describe_internet_gateways(InternetGatewayIds=[igw])['InternetGateways']),
)
undo.append(lambda: (ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v), ec2.delete_internet_gateway(InternetGatewayId=igw)))

# aws_eip: reads the name of the address as well
eip = ec2.allocate_address(Domain='vpc', TagSpecifications=named('elastic-ip', 'tf'))
compare(
    'aws_eip',
    {'Domain': 'vpc', 'PublicIp': eip['PublicIp'], 'PublicIpv4Pool': 'amazon', 'NetworkBorderGroup': 'us-east-1', 'Tags': TAGS},
    the_one(ec2.describe_addresses(AllocationIds=[eip['AllocationId']])['Addresses']),
)
equal(ec2.describe_addresses_attribute(AllocationIds=[eip['AllocationId']], Attribute='domain-name')['Addresses'], [])
undo.append(lambda: ec2.release_address(AllocationId=eip['AllocationId']))

# aws_nat_gateway
nat = ec2.create_nat_gateway(
    SubnetId=public,
    AllocationId=eip['AllocationId'],
    ConnectivityType='public',
    ClientToken='tf-1',
    TagSpecifications=named('natgateway', 'tf'),
)['NatGateway']['NatGatewayId']
ec2.get_waiter('nat_gateway_available').wait(NatGatewayIds=[nat])
shown = the_one(ec2.describe_nat_gateways(NatGatewayIds=[nat])['NatGateways'])
compare('aws_nat_gateway', {'SubnetId': public, 'ConnectivityType': 'public', 'Tags': TAGS, 'State': 'available'}, shown)
compare(
    'aws_nat_gateway address',
    {'AllocationId': eip['AllocationId'], 'PublicIp': eip['PublicIp'], 'IsPrimary': True},
    the_one(shown['NatGatewayAddresses']),
)
undo.append(lambda: (ec2.delete_nat_gateway(NatGatewayId=nat), ec2.get_waiter('nat_gateway_deleted').wait(NatGatewayIds=[nat])))


# aws_route_table with its routes, aws_route_table_association
def aws_route_table(subnet_id, token, **target):
    t = ec2.create_route_table(VpcId=v, ClientToken=token, TagSpecifications=named('route-table', 'tf'))['RouteTable']['RouteTableId']
    ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', **target)
    a = ec2.associate_route_table(RouteTableId=t, SubnetId=subnet_id)['AssociationId']
    shown = the_one(ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'])
    compare(
        'aws_route_table',
        {
            'VpcId': v,
            'Tags': TAGS,
            'PropagatingVgws': [],
            'Routes': [
                {'DestinationCidrBlock': '10.0.0.0/16', 'GatewayId': 'local', 'Origin': 'CreateRouteTable', 'State': 'active'},
                {'DestinationCidrBlock': '0.0.0.0/0', 'Origin': 'CreateRoute', 'State': 'active', **target},
            ],
        },
        shown,
    )
    found = the_one(ec2.describe_route_tables(Filters=where(association__route_table_association_id=a))['RouteTables'])
    compare(
        'aws_route_table_association',
        {'RouteTableId': t, 'SubnetId': subnet_id, 'Main': False, 'AssociationState': {'State': 'associated'}},
        the_one(found['Associations']),
    )
    undo.append(lambda: (ec2.disassociate_route_table(AssociationId=a), ec2.delete_route_table(RouteTableId=t)))
    return t


aws_route_table(public, 'tf-2', GatewayId=igw)
routes = aws_route_table(private, 'tf-3', NatGatewayId=nat)


# aws_security_group: the default egress rule goes at once; aws_security_group_rule, aws_vpc_security_group_egress_rule
def aws_security_group(name):
    g = ec2.create_security_group(
        GroupName=name, Description='Managed by Terraform', VpcId=v, TagSpecifications=named('security-group', 'tf')
    )['GroupId']
    ec2.revoke_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
    try:
        ec2.revoke_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'Ipv6Ranges': [{'CidrIpv6': '::/0'}]}])
    except ClientError as error:
        assert error.response['Error']['Code'] in ('InvalidPermission.NotFound', 'InvalidParameterValue'), error
    compare(
        'aws_security_group',
        {
            'GroupName': name,
            'Description': 'Managed by Terraform',
            'VpcId': v,
            'OwnerId': '444455556666',
            'IpPermissions': [],
            'IpPermissionsEgress': [],
            'Tags': TAGS,
            'SecurityGroupArn': f'arn:aws:ec2:us-east-1:444455556666:security-group/{g}',
        },
        the_one(ec2.describe_security_groups(GroupIds=[g])['SecurityGroups']),
    )
    undo.append(lambda: ec2.delete_security_group(GroupId=g))
    return g


db, endpoint_group = aws_security_group('db'), aws_security_group('endpoint')
ec2.authorize_security_group_ingress(
    GroupId=endpoint_group, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'UserIdGroupPairs': [{'GroupId': db}]}]
)
compare(
    'aws_security_group_rule',
    {
        'IpPermissions': [
            {
                'IpProtocol': 'tcp',
                'FromPort': 443,
                'ToPort': 443,
                'UserIdGroupPairs': [{'UserId': '444455556666', 'GroupId': db}],
                'IpRanges': [],
                'Ipv6Ranges': [],
                'PrefixListIds': [],
            }
        ]
    },
    the_one(ec2.describe_security_groups(GroupIds=[endpoint_group])['SecurityGroups']),
)
rule = the_one(
    ec2.authorize_security_group_egress(
        GroupId=db,
        IpPermissions=[
            {'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0', 'Description': 'Lambda'}]}
        ],
        TagSpecifications=named('security-group-rule', 'tf'),
    )['SecurityGroupRules']
)['SecurityGroupRuleId']
compare(
    'aws_vpc_security_group_egress_rule',
    {
        'GroupId': db,
        'IsEgress': True,
        'IpProtocol': 'tcp',
        'FromPort': 443,
        'ToPort': 443,
        'CidrIpv4': '0.0.0.0/0',
        'Description': 'Lambda',
        'Tags': TAGS,
        'SecurityGroupRuleArn': f'arn:aws:ec2:us-east-1:444455556666:security-group-rule/{rule}',
    },
    the_one(ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])['SecurityGroupRules']),
)
undo.append(
    lambda: (
        ec2.revoke_security_group_egress(GroupId=db, SecurityGroupRuleIds=[rule]),
        ec2.revoke_security_group_ingress(
            GroupId=endpoint_group,
            IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'UserIdGroupPairs': [{'GroupId': db}]}],
        ),
    )
)


# aws_vpc_endpoint of both types: polled until available, on destroy until not found
def aws_vpc_endpoint(asked, **more):
    e = ec2.create_vpc_endpoint(
        VpcId=v,
        PrivateDnsEnabled=asked['PrivateDnsEnabled'],
        ClientToken=asked['ServiceName'],
        TagSpecifications=named('vpc-endpoint', 'tf'),
        **{k: asked[k] for k in ('ServiceName', 'VpcEndpointType', 'SubnetIds', 'RouteTableIds') if asked.get(k)},
        **more,
    )['VpcEndpoint']['VpcEndpointId']
    shown = the_one(ec2.describe_vpc_endpoints(VpcEndpointIds=[e])['VpcEndpoints'])
    compare(
        'aws_vpc_endpoint',
        {**asked, 'State': 'available', 'VpcId': v, 'OwnerId': '444455556666', 'RequesterManaged': False, 'Tags': TAGS},
        shown,
    )

    def destroy():
        equal(ec2.delete_vpc_endpoints(VpcEndpointIds=[e])['Unsuccessful'], [])
        assert refused('describe_vpc_endpoints', VpcEndpointIds=[e]).startswith('400 InvalidVpcEndpointId.NotFound')

    undo.append(destroy)
    return shown


shown = aws_vpc_endpoint(
    {
        'ServiceName': 'com.amazonaws.us-east-1.lambda',
        'VpcEndpointType': 'Interface',
        'PrivateDnsEnabled': True,
        'SubnetIds': [private],
        'RouteTableIds': [],
    },
    SecurityGroupIds=[endpoint_group],
)
compare(
    'aws_vpc_endpoint',
    {'Groups': [{'GroupId': endpoint_group, 'GroupName': 'endpoint'}], 'IpAddressType': 'ipv4', 'DnsOptions': {'DnsRecordIpType': 'ipv4'}},
    shown,
)
the_one(ec2.describe_network_interfaces(NetworkInterfaceIds=shown['NetworkInterfaceIds'])['NetworkInterfaces'])
shown = aws_vpc_endpoint(
    {
        'ServiceName': 'com.amazonaws.us-east-1.s3',
        'VpcEndpointType': 'Gateway',
        'PrivateDnsEnabled': False,
        'SubnetIds': [],
        'RouteTableIds': [routes],
    }
)
the_one(ec2.describe_prefix_lists(Filters=where(prefix_list_name='com.amazonaws.us-east-1.s3'))['PrefixLists'])

# aws_network_acl with entries and a subnet
n = ec2.create_network_acl(VpcId=v, ClientToken='tf-4', TagSpecifications=named('network-acl', 'tf'))['NetworkAcl']['NetworkAclId']
for egress in (True, False):
    ec2.create_network_acl_entry(
        NetworkAclId=n,
        RuleNumber=100,
        Protocol='6',
        RuleAction='allow',
        Egress=egress,
        CidrBlock='0.0.0.0/0',
        PortRange={'From': 1024, 'To': 65535},
    )
held = the_one(
    [
        a
        for x in ec2.describe_network_acls(Filters=where(association__subnet_id=private))['NetworkAcls']
        for a in x['Associations']
        if a['SubnetId'] == private
    ]
)
a = ec2.replace_network_acl_association(AssociationId=held['NetworkAclAssociationId'], NetworkAclId=n)['NewAssociationId']
shown = the_one(ec2.describe_network_acls(NetworkAclIds=[n])['NetworkAcls'])
compare(
    'aws_network_acl',
    {
        'VpcId': v,
        'IsDefault': False,
        'Tags': TAGS,
        'Associations': [{'NetworkAclAssociationId': a, 'NetworkAclId': n, 'SubnetId': private}],
    },
    shown,
)
compare(
    'aws_network_acl',
    {
        'Entries': [
            {
                'CidrBlock': '0.0.0.0/0',
                'Egress': e,
                'PortRange': {'From': 1024, 'To': 65535},
                'Protocol': '6',
                'RuleAction': 'allow',
                'RuleNumber': 100,
            }
            for e in (True, False)
        ]
    },
    {'Entries': [e for e in shown['Entries'] if e['RuleNumber'] < 32767]},
)
undo.append(
    lambda: (ec2.replace_network_acl_association(AssociationId=a, NetworkAclId=acl['NetworkAclId']), ec2.delete_network_acl(NetworkAclId=n))
)

expect('[]', drift)
for destroy in reversed(undo):
    destroy()
left = [
    ec2.describe_vpcs(Filters=of(v))['Vpcs'],
    ec2.describe_subnets(Filters=of(v))['Subnets'],
    ec2.describe_route_tables(Filters=of(v))['RouteTables'],
    ec2.describe_network_acls(Filters=of(v))['NetworkAcls'],
    ec2.describe_security_groups(Filters=of(v))['SecurityGroups'],
    ec2.describe_network_interfaces(Filters=of(v))['NetworkInterfaces'],
    ec2.describe_addresses()['Addresses'],
    ec2.describe_vpc_endpoints()['VpcEndpoints'],
]
for operation in (
    'describe_availability_zones',
    'describe_regions',
    'describe_account_attributes',
    'describe_dhcp_options',
    'describe_tags',
    'describe_managed_prefix_lists',
    'describe_vpc_endpoint_services',
    'describe_nat_gateways',
):
    getattr(ec2, operation)()
expect('[[], [], [], [], [], [], [], []]', left)
expect('set() True', strange, len(answers) > 90)
