from ec2_calls import *

default = ec2.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']
rule = [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '10.0.0.0/8'}, {'CidrIp': '11.0.0.0/8'}]}]
g, h = group(default, 'unknown'), group(vpc())
for i in (g, h):
    ec2.authorize_security_group_ingress(GroupId=i, IpPermissions=[{**rule[0], 'IpRanges': rule[0]['IpRanges'][:1]}])
expect(
    '400 InvalidPermission.NotFound: The specified rule does not exist in this security group.',
    refused('revoke_security_group_ingress', GroupId=h, IpPermissions=rule),
)
told = ec2.revoke_security_group_ingress(GroupId=g, IpPermissions=rule)
expect(
    "[[{'CidrIp': '11.0.0.0/8'}]] ['10.0.0.0/8'] []",
    [p['IpRanges'] for p in told['UnknownIpPermissions']],
    [r['CidrIpv4'] for r in told['RevokedSecurityGroupRules']],
    ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions'],
)
