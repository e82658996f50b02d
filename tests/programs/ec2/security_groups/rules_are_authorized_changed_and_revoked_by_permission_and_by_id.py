from ec2_calls import *

v = vpc()
g, other = group(v, 'db'), group(v, 'app')
made = ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]
expect(
    "[] [{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}], 'Ipv6Ranges': [], 'PrefixListIds': [], 'UserIdGroupPairs': []}] arn:aws:ec2:us-east-1:444455556666:security-group/ID d",
    made['IpPermissions'],
    plain(made['IpPermissionsEgress']),
    made['SecurityGroupArn'].replace(g, 'ID'),
    made['Description'],
)
rules = ec2.authorize_security_group_ingress(
    GroupId=g,
    IpPermissions=[
        {
            'IpProtocol': 'tcp',
            'FromPort': 5432,
            'ToPort': 5432,
            'IpRanges': [{'CidrIp': '10.0.0.7/16', 'Description': 'vpc'}, {'CidrIp': '192.168.0.0/24'}],
            'UserIdGroupPairs': [{'GroupId': other}],
        },
        {'IpProtocol': 'icmp', 'FromPort': -1, 'ToPort': -1, 'Ipv6Ranges': [{'CidrIpv6': '::/0'}]},
    ],
    TagSpecifications=[{'ResourceType': 'security-group-rule', 'Tags': [{'Key': 'a', 'Value': 'b'}]}],
)['SecurityGroupRules']
expect(
    "4 ['10.0.0.0/16', '192.168.0.0/24', 'OTHER', '::/0'] [{'Key': 'a', 'Value': 'b'}] vpc",
    len(rules),
    [r.get('CidrIpv4') or r.get('CidrIpv6') or r['ReferencedGroupInfo']['GroupId'].replace(other, 'OTHER') for r in rules],
    rules[0]['Tags'],
    rules[0]['Description'],
)
read = ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions']
expect(
    "[('tcp', 5432, 5432, [{'CidrIp': '10.0.0.0/16', 'Description': 'vpc'}, {'CidrIp': '192.168.0.0/24'}], [], ['OTHER']), ('icmp', -1, -1, [], [{'CidrIpv6': '::/0'}], [])]",
    [
        (
            p['IpProtocol'],
            p['FromPort'],
            p['ToPort'],
            plain(p['IpRanges']),
            p['Ipv6Ranges'],
            [u['GroupId'].replace(other, 'OTHER') for u in p['UserIdGroupPairs']],
        )
        for p in read
    ],
)
listed = ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules']
expect(
    '5 True True',
    len(listed),
    {(r['IpProtocol'], r['FromPort'], r['ToPort'], r['IsEgress']) for r in listed}
    == {('tcp', 5432, 5432, False), ('icmp', -1, -1, False), ('-1', -1, -1, True)},
    ec2.describe_security_group_rules(SecurityGroupRuleIds=[rules[0]['SecurityGroupRuleId']])['SecurityGroupRules'][0] == rules[0],
)
ec2.modify_security_group_rules(
    GroupId=g,
    SecurityGroupRules=[
        {
            'SecurityGroupRuleId': rules[1]['SecurityGroupRuleId'],
            'SecurityGroupRule': {'IpProtocol': 'udp', 'FromPort': 53, 'ToPort': 54, 'CidrIpv4': '10.0.0.0/8', 'Description': 'dns'},
        }
    ],
)
ec2.update_security_group_rule_descriptions_ingress(
    GroupId=g,
    IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 5432, 'ToPort': 5432, 'UserIdGroupPairs': [{'GroupId': other, 'Description': 'app'}]}],
)
after = {
    r['SecurityGroupRuleId']: r
    for r in ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules']
}
changed = after[rules[1]['SecurityGroupRuleId']]
expect(
    "udp 53 54 10.0.0.0/8 dns [{'Key': 'a', 'Value': 'b'}] app",
    changed['IpProtocol'],
    changed['FromPort'],
    changed['ToPort'],
    changed['CidrIpv4'],
    changed['Description'],
    changed['Tags'],
    after[rules[2]['SecurityGroupRuleId']]['Description'],
)
gone = ec2.revoke_security_group_ingress(GroupId=g, SecurityGroupRuleIds=[rules[0]['SecurityGroupRuleId'], rules[1]['SecurityGroupRuleId']])
expect(
    'True [True, True]',
    gone['Return'],
    [r['SecurityGroupRuleId'] == rules[i]['SecurityGroupRuleId'] for i, r in enumerate(gone['RevokedSecurityGroupRules'])],
)
gone = ec2.revoke_security_group_ingress(
    GroupId=g, IpPermissions=[{'IpProtocol': '6', 'FromPort': 5432, 'ToPort': 5432, 'UserIdGroupPairs': [{'GroupId': other}]}]
)
expect('True', gone['RevokedSecurityGroupRules'][0]['ReferencedGroupId'] == other)
ec2.revoke_security_group_egress(GroupId=g, IpPermissions=made['IpPermissionsEgress'])
ec2.authorize_security_group_egress(
    GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}]
)
ec2.authorize_security_group_ingress(GroupId=g, IpProtocol='tcp', FromPort=22, ToPort=22, CidrIp='203.0.113.0/24')
read = ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]
expect(
    "[{'FromPort': 443, 'IpProtocol': 'tcp', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}], 'Ipv6Ranges': [], 'PrefixListIds': [], 'ToPort': 443, 'UserIdGroupPairs': []}] [('icmp', -1), ('tcp', 22)]",
    plain(read['IpPermissionsEgress']),
    [(p['IpProtocol'], p.get('FromPort')) for p in read['IpPermissions']],
)
