from authorization_steps import *

g = [root.create_security_group(GroupName='g', Description='d', VpcId=v)['GroupId'] for v in (V, W)]
rule = [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}]


def egress(n, **more):
    return told(ec2.authorize_security_group_ingress, GroupId=g[n], IpPermissions=rule, **more).replace(g[n], 'G')


may(allow('ec2:AuthorizeSecurityGroupIngress', Condition={'ArnEquals': {'ec2:Vpc': ARN + 'vpc/' + V}}))
expect(
    'DryRunOperation | ec2:AuthorizeSecurityGroupIngress on resource: security-group/G', egress(0, DryRun=True), '|', egress(1, DryRun=True)
)
root.create_tags(Resources=[g[1]], Tags=[{'Key': 'team', 'Value': 'blue'}])
may(
    allow(
        'ec2:AuthorizeSecurityGroupIngress',
        Condition={
            'StringEquals': {
                'ec2:ResourceTag/team': 'blue',
                'aws:ResourceTag/team': 'blue',
                'ec2:Region': 'us-east-1',
                'ec2:SecurityGroupID': g[1],
            }
        },
    )
)
expect(
    'ec2:AuthorizeSecurityGroupIngress on resource: security-group/G | DryRunOperation', egress(0, DryRun=True), '|', egress(1, DryRun=True)
)
may(allow('ec2:AuthorizeSecurityGroupIngress', ARN + 'security-group/*'), allow('ec2:CreateTags', ARN + 'security-group-rule/*'))
expect(
    'ec2:AuthorizeSecurityGroupIngress on resource: security-group-rule/* | done',
    egress(0, DryRun=True, TagSpecifications=tagged('security-group-rule', a='1')),
    '|',
    egress(0),
)
r = root.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g[0]]}])['SecurityGroupRules'][0]['SecurityGroupRuleId']
may(allow('ec2:ModifySecurityGroupRules', ARN + 'security-group/*'))
expect(
    'ec2:ModifySecurityGroupRules on resource: security-group-rule/R',
    told(
        ec2.modify_security_group_rules,
        GroupId=g[0],
        SecurityGroupRules=[{'SecurityGroupRuleId': r, 'SecurityGroupRule': {'IpProtocol': '-1', 'CidrIpv4': '10.0.0.0/8'}}],
    ).replace(r, 'R'),
)
may(allow('ec2:*', Condition={'StringEquals': {'ec2:Region': 'eu-west-1'}}))
expect(
    'ec2:DescribeVpcs | ec2:DescribeVpcAttribute on resource: vpc/V',
    told(ec2.describe_vpcs),
    '|',
    told(ec2.describe_vpc_attribute, VpcId=V, Attribute='enableDnsSupport'),
)
may(allow('ec2:CreateVpcEndpoint', Condition={'StringEqualsIfExists': {'ec2:VpceServiceName': 'com.amazonaws.us-east-1.s3'}}))
expect(
    'DryRunOperation | ec2:CreateVpcEndpoint on resource: vpc-endpoint/*',
    told(ec2.create_vpc_endpoint, VpcId=V, ServiceName='com.amazonaws.us-east-1.s3', DryRun=True),
    '|',
    told(ec2.create_vpc_endpoint, VpcId=V, ServiceName='com.amazonaws.us-east-1.dynamodb', DryRun=True),
)
may(allow('ec2:DeleteVpc', Condition={'StringEquals': {'ec2:VpcID': V, 'ec2:Tenancy': 'default'}}), deny('ec2:DeleteSubnet'))
expect(
    'ec2:DeleteVpc on resource: vpc/W | ec2:DeleteVpc on resource: vpc/vpc-12345678 | DependencyViolation',
    told(ec2.delete_vpc, VpcId=W),
    '|',
    told(ec2.delete_vpc, VpcId='vpc-12345678'),
    '|',
    told(ec2.delete_vpc, VpcId=V, DryRun=True),
)
