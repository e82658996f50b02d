from ec2_calls import *

ec2 = ec2_in('ca-central-1')
d = ec2.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']
v = vpc()
g, h = group(v, 'own'), group(d, 'shared')


def authorize(group, name):
    return refused(
        'authorize_security_group_ingress', GroupId=group, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupName': name}]}]
    ).replace(d, 'DEFAULT')


expect('not refused not refused', authorize(h, 'shared'), authorize(h, 'default'))
expect('True', ec2.describe_security_groups(GroupIds=[h])['SecurityGroups'][0]['IpPermissions'][0]['UserIdGroupPairs'][0]['GroupId'] == h)
expect("400 InvalidGroup.NotFound: The security group 'own' does not exist in default VPC 'DEFAULT'", authorize(h, 'own'))
expect("400 InvalidGroup.NotFound: The security group 'own' does not exist in default VPC 'DEFAULT'", authorize(g, 'own'))
expect('400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.', authorize(g, 'shared'))
for s in ec2.describe_subnets(Filters=of(d))['Subnets']:
    ec2.delete_subnet(SubnetId=s['SubnetId'])
igw = ec2.describe_internet_gateways()['InternetGateways'][0]['InternetGatewayId']
ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=d)
ec2.delete_security_group(GroupId=h)
ec2.delete_vpc(VpcId=d)
expect('400 VPCIdNotSpecified: No default VPC for this user', authorize(g, 'own'))
