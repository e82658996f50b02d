from ec2_calls import *

v = vpc()
w = vpc('10.9.0.0/16')
s, twin, far = subnet(v), subnet(v, '10.0.2.0/24'), subnet(w, '10.9.1.0/24')
t = table(w)
g = group(w)


def create(expected, **more):
    text = refused(
        'create_vpc_endpoint',
        **{'VpcId': v, 'ServiceName': 'com.amazonaws.us-east-1.lambda', 'VpcEndpointType': 'Interface', 'PrivateDnsEnabled': False, **more}
    )
    for i, name in ((v, 'V'), (w, 'W'), (s, 'S'), (twin, 'TWIN'), (far, 'FAR'), (t, 'T'), (g, 'G')):
        text = text.replace(i, name)
    expect(expected, text)


create("400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist", VpcId='vpc-12345678')
create(
    "400 InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.nothing' does not exist",
    ServiceName='com.amazonaws.us-east-1.nothing',
)
create(
    "400 InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.eu-west-1.lambda' does not exist",
    ServiceName='com.amazonaws.eu-west-1.lambda',
)
create('400 MissingParameter: The request must contain the parameter serviceName', ServiceName='')
create('400 InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).', VpcEndpointType='Gateway')
create('400 InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).', VpcEndpointType='')
create('400 DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of TWIN', SubnetIds=[s, twin])
create('400 InvalidParameter: Subnet FAR does not belong to VPC V', SubnetIds=[far])
create("400 InvalidGroup.NotFound: The security group 'G' does not exist in VPC 'V'", SecurityGroupIds=[g])
create('400 InvalidParameter: Route table IDs are only supported for Gateway type VPC Endpoint.', RouteTableIds=[t])
create(
    '400 InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for V',
    PrivateDnsEnabled=True,
)
ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
create('not refused', PrivateDnsEnabled=True)
create(
    '400 InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for lambda.us-east-1.amazonaws.com in the VPC V',
    PrivateDnsEnabled=True,
)
create('400 InvalidPolicyDocument: The Policy Document is invalid: Syntax errors in policy.', PolicyDocument='{')
create('501 NotImplemented: Daybreak does not implement VPC endpoints of the address type dualstack.', IpAddressType='dualstack')
create(
    '400 InvalidParameter: Subnet IDs are only supported for Interface type VPC Endpoints.',
    ServiceName='com.amazonaws.us-east-1.s3',
    VpcEndpointType='Gateway',
    SubnetIds=[s],
)
create(
    '400 InvalidParameter: Route table T does not belong to VPC V',
    ServiceName='com.amazonaws.us-east-1.s3',
    VpcEndpointType='Gateway',
    RouteTableIds=[t],
)
d = ec2.describe_vpc_endpoint_services(ServiceNames=['com.amazonaws.us-east-1.lambda'])
expect(
    "['com.amazonaws.us-east-1.lambda'] [{'ServiceType': 'Interface'}] lambda.us-east-1.amazonaws.com 400 InvalidServiceName: The Vpc Endpoint Service 'x' does not exist",
    d['ServiceNames'],
    d['ServiceDetails'][0]['ServiceType'],
    d['ServiceDetails'][0]['PrivateDnsName'],
    refused('describe_vpc_endpoint_services', ServiceNames=['x']),
)
