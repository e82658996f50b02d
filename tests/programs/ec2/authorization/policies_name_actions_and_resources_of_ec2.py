from calls import *

root = client('ec2')
v = root.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']
g = root.create_security_group(GroupName='mine', Description='d', VpcId=v)['GroupId']
h = root.create_security_group(GroupName='other', Description='d', VpcId=v)['GroupId']
iam.create_user(UserName='net')
arn = f'arn:aws:ec2:us-east-1:444455556666:security-group/{g}'
iam.put_user_policy(
    UserName='net',
    PolicyName='p',
    PolicyDocument=document(
        allow('ec2:AuthorizeSecurityGroupIngress', arn),
        allow('ec2:DescribeVpcs'),
        allow('ec2:CreateVpc', 'arn:aws:ec2:us-east-1:444455556666:vpc/*'),
    ),
)
ec2 = client('ec2', credentials=iam.create_access_key(UserName='net')['AccessKey'])
rule = [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}]
expect('1 True', len(ec2.describe_vpcs(VpcIds=[v])['Vpcs']), ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=rule)['Return'])


def denied(action, resource, call, **parameters):
    try:
        call(**parameters)
    except ClientError as e:
        text, _, encoded = e.response['Error']['Message'].partition('. Encoded authorization failure message: ')
        equal(
            text,
            f'You are not authorized to perform this operation. User: arn:aws:iam::444455556666:user/net is not authorized to perform: ec2:{action} '
            f'on resource: {resource} because no identity-based policy allows the ec2:{action} action',
        )
        assert e.response['Error']['Code'] == 'UnauthorizedOperation' and len(encoded) > 100, e
        return e.response['ResponseMetadata']['HTTPStatusCode']
    raise AssertionError(f'{action} is allowed')


expect(
    '403', denied('AuthorizeSecurityGroupIngress', arn.replace(g, h), ec2.authorize_security_group_ingress, GroupId=h, IpPermissions=rule)
)
expect('403', denied('DeleteSecurityGroup', arn, ec2.delete_security_group, GroupId=g, DryRun=True))
expect(
    '412',
    fails('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', ec2.create_vpc, CidrBlock='10.0.0.0/16', DryRun=True),
)
