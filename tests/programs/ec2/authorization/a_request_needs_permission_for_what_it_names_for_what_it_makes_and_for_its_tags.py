from authorization_steps import *


def subnet(vpc, **more):
    return told(ec2.create_subnet, VpcId=vpc, CidrBlock=f'10.{0 if vpc == V else 1}.{next(numbers)}.0/24', **more)


import itertools

numbers = itertools.count(1)
may(allow('ec2:DescribeVpcs'))
expect('ec2:CreateSubnet on resource: vpc/V', subnet(V))
may(allow('ec2:CreateSubnet', ARN + 'vpc/' + V))
expect('ec2:CreateSubnet on resource: subnet/* | ec2:CreateSubnet on resource: vpc/W', subnet(V), '|', subnet(W))
may(allow('ec2:CreateSubnet', [ARN + 'vpc/' + V, ARN + 'subnet/*']))
expect('done | ec2:CreateTags on resource: subnet/*', subnet(V), '|', subnet(V, TagSpecifications=tagged('subnet', a='1')))
may(
    allow('ec2:CreateSubnet'),
    allow(
        'ec2:CreateTags',
        ARN + 'subnet/*',
        Condition={'StringEquals': {'ec2:CreateAction': 'CreateSubnet'}, 'ForAllValues:StringEquals': {'aws:TagKeys': ['a']}},
    ),
)
s = root.describe_subnets(Filters=[{'Name': 'vpc-id', 'Values': [V]}])['Subnets'][0]['SubnetId']
expect(
    'done | ec2:CreateTags on resource: subnet/* | ec2:CreateTags on resource: subnet/S',
    subnet(V, TagSpecifications=tagged('subnet', a='1')),
    '|',
    subnet(V, TagSpecifications=tagged('subnet', b='1')),
    '|',
    told(ec2.create_tags, Resources=[s], Tags=[{'Key': 'a', 'Value': '1'}]).replace(s, 'S'),
)
may(allow('ec2:*', Condition={'StringEquals': {'aws:RequestTag/team': 'blue'}}))
expect(
    'ec2:CreateVpc on resource: vpc/* | done | ec2:CreateVpc on resource: vpc/*',
    told(ec2.create_vpc, CidrBlock='10.2.0.0/16'),
    '|',
    told(ec2.create_vpc, CidrBlock='10.2.0.0/16', TagSpecifications=tagged('vpc', team='blue')),
    '|',
    told(ec2.create_vpc, CidrBlock='10.2.0.0/16', TagSpecifications=tagged('vpc', team='red')),
)
