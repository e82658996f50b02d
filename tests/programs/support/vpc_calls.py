from lambda_calls import *
import ec2_calls

ec2 = ec2_calls.ec2
LAMBDA = 'AWSLambdaVPCAccessExecutionRole'


def role(name, *statements):
    """A role of functions, which may manage network interfaces unless statements say otherwise."""
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName='p', PolicyDocument=document(*statements))
    else:
        iam.attach_role_policy(RoleName=name, PolicyArn=f'arn:aws:iam::aws:policy/service-role/{LAMBDA}')
    return name


def place(subnets, groups, **more):
    return {'SubnetIds': list(subnets), 'SecurityGroupIds': list(groups), **more}


def create(name, vpc=None, role='vpc', **more):
    asked = {} if vpc is None else {'VpcConfig': vpc}
    return lam.create_function(
        FunctionName=name,
        Runtime='python3.12',
        Handler='f.handler',
        Role=f'arn:aws:iam::{A}:role/{role}',
        Code={'ZipFile': package()},
        **asked,
        **more,
    )


def interfaces(**filters):
    named = [{'Name': name.replace('_', '-'), 'Values': [value]} for name, value in {'description': 'AWS Lambda VPC ENI-*', **filters}.items()]
    return sorted(ec2.describe_network_interfaces(Filters=named)['NetworkInterfaces'], key=lambda one: one['SubnetId'])
