from calls import *

ec2 = client('ec2')
vpc = ec2.describe_vpcs()['Vpcs'][0]['VpcId']


def user():
    return iam.create_user(UserName='visitor')['User']


def policy(arn):
    return document(dict(Effect='Allow', Principal={'AWS': arn}, Action='*', Resource='*'))


first = user()
made = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName='com.amazonaws.us-east-1.s3', PolicyDocument=policy(first['Arn']))['VpcEndpoint']
shown = lambda: json.loads(ec2.describe_vpc_endpoints(VpcEndpointIds=[made['VpcEndpointId']])['VpcEndpoints'][0]['PolicyDocument'])[
    'Statement'
][0]['Principal']
equal(shown(), {'AWS': first['Arn']})
iam.delete_user(UserName='visitor')
second = user()
assert shown() == {'AWS': first['UserId']}, shown()
ec2.modify_vpc_endpoint(VpcEndpointId=made['VpcEndpointId'], PolicyDocument=policy(second['Arn']))
equal(shown(), {'AWS': second['Arn']})
nobody = second['Arn'] + '-2'
fails(
    'InvalidPolicyDocument',
    f'The Policy Document is invalid: Invalid principal in policy: "AWS":"{nobody}"',
    ec2.modify_vpc_endpoint,
    VpcEndpointId=made['VpcEndpointId'],
    PolicyDocument=policy(nobody),
)
