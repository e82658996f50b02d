from calls import *

ec2 = client('ec2')
r = {}
r['create_vpc'] = outcome(
    ec2.create_vpc,
    CidrBlock='10.0.0.0/16',
    TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [{'Key': 'test-key', 'Value': 'test-value'}]}],
)
v = r['create_vpc']['Vpc']['VpcId']
r['security_groups_for_vpc'] = outcome(ec2.get_security_groups_for_vpc, VpcId=v)
r['create_security_group'] = outcome(ec2.create_security_group, GroupName='g', Description='d', VpcId=v)
s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24')['Subnet']['SubnetId']
t = ec2.create_route_table(VpcId=v)['RouteTable']['RouteTableId']
ec2.associate_route_table(RouteTableId=t, SubnetId=s)
r['route_table_associated'] = outcome(ec2.describe_route_tables, RouteTableIds=[t])['RouteTables']
ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
e = ec2.create_vpc_endpoint(VpcId=v, ServiceName='com.amazonaws.us-east-1.execute-api', VpcEndpointType='Interface', SubnetIds=[s])[
    'VpcEndpoint'
]['VpcEndpointId']
endpoint = plain(ec2.describe_vpc_endpoints(VpcEndpointIds=[e])['VpcEndpoints'][0])
# Recorded with its first name only, and with the policy as JSON.
r['vpc_endpoint_interface'] = {
    **endpoint,
    'DnsEntries': endpoint['DnsEntries'][:1],
    'PolicyDocument': json.loads(endpoint['PolicyDocument']),
}
r['availability_zones'] = outcome(ec2.describe_availability_zones, ZoneNames=['us-east-1a'])
print(json.dumps(r))
