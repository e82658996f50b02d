from vpc_calls import *

vpc = ec2_calls.vpc()
one, two = ec2_calls.subnet(vpc, '10.0.0.0/24'), ec2_calls.subnet(vpc, '10.0.1.0/24')
group = ec2_calls.group(vpc)
other = ec2_calls.vpc('10.1.0.0/16')
far, far_group = ec2_calls.subnet(other, '10.1.0.0/24'), ec2_calls.group(other)
role('vpc')
shown = {'SubnetIds': [one, two], 'SecurityGroupIds': [group], 'VpcId': vpc, 'Ipv6AllowedForDualStack': False}

# As AWS's own clients create it and wait for it.
equal(create('f', place([one, two], [group]))['VpcConfig'], shown)
lam.get_waiter('function_active_v2').wait(FunctionName='f')
equal(lam.get_function(FunctionName='f')['Configuration']['VpcConfig'], shown)
equal(lam.list_functions()['Functions'][0]['VpcConfig'], shown)
equal(lam.publish_version(FunctionName='f')['VpcConfig'], shown)

# Other changes leave it, empty lists end it, and a version keeps its own.
lam.update_function_configuration(FunctionName='f', Timeout=9)
lam.get_waiter('function_updated_v2').wait(FunctionName='f')
equal(lam.get_function_configuration(FunctionName='f')['VpcConfig'], shown)
less = lam.update_function_configuration(FunctionName='f', VpcConfig=place([one], [group], Ipv6AllowedForDualStack=True))
equal(less['VpcConfig'], {**shown, 'SubnetIds': [one], 'Ipv6AllowedForDualStack': True})
lam.get_waiter('function_updated_v2').wait(FunctionName='f')
assert 'VpcConfig' not in lam.update_function_configuration(FunctionName='f', VpcConfig=place([], []))
lam.get_waiter('function_updated_v2').wait(FunctionName='f')
assert 'VpcConfig' not in lam.get_function_configuration(FunctionName='f')
equal(lam.get_function_configuration(FunctionName='f', Qualifier='1')['VpcConfig'], shown)
equal(lam.publish_version(FunctionName='f')['Version'], '2')

# What is refused, and leaves nothing behind.
INVALID = 'InvalidParameterValueException'
coexist = 'SubnetIds and SecurityIds must coexist or be both empty list.'
unknown, unknown_group = 'subnet-0123456789abcdef0', 'sg-0123456789abcdef0'


def both(code, message, asked):
    fails(code, message, create, 'g', asked)
    fails(code, message, lam.update_function_configuration, FunctionName='f', VpcConfig=asked)


both(INVALID, coexist, place([one], []))
both(INVALID, coexist, place([], [group]))
both(INVALID, coexist, {'SubnetIds': [one]})
both(
    INVALID,
    f"Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '{unknown}' does not exist",
    place([one, unknown], [group]),
)
both(
    INVALID,
    f"Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group '{unknown_group}' does not exist",
    place([one], [unknown_group]),
)
both(INVALID, 'Subnets are required to be in the same VPC.', place([one, far], [group]))
both(INVALID, 'Security Groups are required to be in the same VPC.', place([one], [group, far_group]))


def invalid(member, value, constraint):
    shown_value = '[' + ', '.join(value) + ']'
    return f"1 validation error detected: Value '{shown_value}' at 'vpcConfig.{member}' failed to satisfy constraint: Member must {constraint}"


many = [f'subnet-{number}' for number in range(17)]
both('ValidationException', invalid('subnetIds', many, 'have length less than or equal to 16'), place(many, [group]))
many = [f'sg-{number}' for number in range(6)]
both('ValidationException', invalid('securityGroupIds', many, 'have length less than or equal to 5'), place([one], many))
items = 'satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, '
for hostile in ("subnet-'; DROP TABLE lambda_functions; --", '../../etc/passwd', 'subnet-\u0000', 'subnet-1\n', 'sg-1', 'subnet-' + 'a' * 1018):
    try:
        create('g', place([hostile], [group]))
        raise SystemExit(f'{hostile} was taken')
    except lam.exceptions.ClientError as error:
        equal(error.response['Error']['Code'], 'ValidationException')
        assert items in error.response['Error']['Message'], error.response
fails('ResourceNotFoundException', f'Function not found: arn:aws:lambda:us-east-1:{A}:function:g', lam.get_function, FunctionName='g')
equal(len(interfaces()), 2)  # those of version 1

# The function's role has to be able to manage interfaces on AWS, and whoever creates it to see what it names.
for missing in ('CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'):
    allowed = {'CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'} - {missing}
    role(f'without-{missing}', allow([f'ec2:{action}' for action in allowed]))
    text = f'The provided execution role does not have permissions to call {missing} on EC2'
    fails(INVALID, text, create, 'g', place([one], [group]), role=f'without-{missing}')
    create(f'outside-{missing}', role=f'without-{missing}')
    fails(INVALID, text, lam.update_function_configuration, FunctionName=f'outside-{missing}', VpcConfig=place([one], [group]))
role('elsewhere', allow('ec2:*'), deny('ec2:CreateNetworkInterface', f'arn:aws:ec2:us-east-1:{A}:subnet/{two}'))
create('near', place([one], [group]), role='elsewhere')
fails(
    INVALID,
    'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    create,
    'g',
    place([one, two], [group]),
    role='elsewhere',
)
blind = client('lambda', credentials={**user('blind', allow(['lambda:*', 'iam:PassRole', 'ec2:DescribeSubnets'])), 'SessionToken': None})
equal(
    fails(
        'AccessDeniedException',
        f'Your access has been denied by EC2, please make sure your request credentials have permission to DescribeSecurityGroups for {group}. '
        'EC2 Error Code: UnauthorizedOperation. EC2 Error Message: You are not authorized to perform this operation.',
        blind.update_function_configuration,
        FunctionName='f',
        VpcConfig=place([one], [group]),
    ),
    403,
)

# Policies can say where functions may be.
keyed = client(
    'lambda',
    credentials={
        **user(
            'keyed',
            allow(['iam:PassRole', 'ec2:Describe*']),
            allow(
                'lambda:UpdateFunctionConfiguration',
                Condition={
                    'ForAllValues:StringEquals': {'lambda:SubnetIds': [one], 'lambda:SecurityGroupIds': [group], 'lambda:VpcIds': [vpc]},
                    'Null': {'lambda:VpcIds': 'false'},
                },
            ),
        ),
        'SessionToken': None,
    },
)
keyed.update_function_configuration(FunctionName='f', VpcConfig=place([one], [group]))
for asked in (place([two], [group]), place([], [])):
    try:
        keyed.update_function_configuration(FunctionName='f', VpcConfig=asked)
        raise SystemExit('was allowed')
    except lam.exceptions.ClientError as error:
        equal(error.response['Error']['Code'], 'AccessDeniedException')
