from ec2_calls import *

v = vpc()
made = ec2.create_subnet(
    VpcId=v,
    CidrBlock='10.0.1.0/24',
    AvailabilityZone='us-east-1b',
    TagSpecifications=[{'ResourceType': 'subnet', 'Tags': [{'Key': 'Name', 'Value': 'b'}]}],
)['Subnet']
s = made['SubnetId']
read = ec2.describe_subnets(SubnetIds=[s])['Subnets'][0]
expect(
    "True available 10.0.1.0/24 251 us-east-1b use1-az1 [{'Key': 'Name', 'Value': 'b'}]",
    made == read,
    read['State'],
    read['CidrBlock'],
    read['AvailableIpAddressCount'],
    read['AvailabilityZone'],
    read['AvailabilityZoneId'],
    read['Tags'],
)
expect(
    "arn:aws:ec2:us-east-1:444455556666:subnet/ID False False {'HostnameType': 'ip-name', 'EnableResourceNameDnsARecord': False, 'EnableResourceNameDnsAAAARecord': False}",
    read['SubnetArn'].replace(s, 'ID'),
    read['DefaultForAz'],
    read['MapPublicIpOnLaunch'],
    read['PrivateDnsNameOptionsOnLaunch'],
)
ec2.modify_subnet_attribute(SubnetId=s, MapPublicIpOnLaunch={'Value': True})
expect(
    'True', ec2.describe_subnets(Filters=of(v) + [{'Name': 'map-public-ip-on-launch', 'Values': ['true']}])['Subnets'][0]['SubnetId'] == s
)
by_id = ec2.create_subnet(VpcId=v, CidrBlock='10.0.2.18/24', AvailabilityZoneId='use1-az4')['Subnet']
expect(
    'us-east-1d 10.0.2.0/24 11',
    by_id['AvailabilityZone'],
    by_id['CidrBlock'],
    ec2.create_subnet(VpcId=v, CidrBlock='10.0.3.0/28')['Subnet']['AvailableIpAddressCount'],
)
expect("400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.", refused('delete_vpc', VpcId=v).replace(v, 'VPC'))
ec2.delete_subnet(SubnetId=s)
expect(
    "400 InvalidSubnetID.NotFound: The subnet ID 'SUBNET' does not exist", refused('describe_subnets', SubnetIds=[s]).replace(s, 'SUBNET')
)
