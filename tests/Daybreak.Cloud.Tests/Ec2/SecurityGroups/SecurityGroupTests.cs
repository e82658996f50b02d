namespace Daybreak.Cloud.Tests.Ec2.SecurityGroups;

[Trait("Pace", "slow")]
public sealed class SecurityGroupTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Rules_are_authorized_changed_and_revoked_by_permission_and_by_id()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); g, other = group(v, 'db'), group(v, 'app')
            made = ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]
            print(made['IpPermissions'], plain(made['IpPermissionsEgress']), made['SecurityGroupArn'].replace(g, 'ID'), made['Description'])
            rules = ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[
                {'IpProtocol': 'tcp', 'FromPort': 5432, 'ToPort': 5432, 'IpRanges': [{'CidrIp': '10.0.0.7/16', 'Description': 'vpc'}, {'CidrIp': '192.168.0.0/24'}],
                 'UserIdGroupPairs': [{'GroupId': other}]},
                {'IpProtocol': 'icmp', 'FromPort': -1, 'ToPort': -1, 'Ipv6Ranges': [{'CidrIpv6': '::/0'}]}],
                TagSpecifications=[{'ResourceType': 'security-group-rule', 'Tags': [{'Key': 'a', 'Value': 'b'}]}])['SecurityGroupRules']
            print(len(rules), [r.get('CidrIpv4') or r.get('CidrIpv6') or r['ReferencedGroupInfo']['GroupId'].replace(other, 'OTHER') for r in rules], rules[0]['Tags'], rules[0]['Description'])
            read = ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions']
            print([(p['IpProtocol'], p['FromPort'], p['ToPort'], plain(p['IpRanges']), p['Ipv6Ranges'], [u['GroupId'].replace(other, 'OTHER') for u in p['UserIdGroupPairs']]) for p in read])
            listed = ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules']
            print(len(listed), {(r['IpProtocol'], r['FromPort'], r['ToPort'], r['IsEgress']) for r in listed} == {('tcp', 5432, 5432, False), ('icmp', -1, -1, False), ('-1', -1, -1, True)},
                ec2.describe_security_group_rules(SecurityGroupRuleIds=[rules[0]['SecurityGroupRuleId']])['SecurityGroupRules'][0] == rules[0])
            ec2.modify_security_group_rules(GroupId=g, SecurityGroupRules=[{'SecurityGroupRuleId': rules[1]['SecurityGroupRuleId'],
                'SecurityGroupRule': {'IpProtocol': 'udp', 'FromPort': 53, 'ToPort': 54, 'CidrIpv4': '10.0.0.0/8', 'Description': 'dns'}}])
            ec2.update_security_group_rule_descriptions_ingress(GroupId=g, IpPermissions=[
                {'IpProtocol': 'tcp', 'FromPort': 5432, 'ToPort': 5432, 'UserIdGroupPairs': [{'GroupId': other, 'Description': 'app'}]}])
            after = {r['SecurityGroupRuleId']: r for r in ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules']}
            changed = after[rules[1]['SecurityGroupRuleId']]
            print(changed['IpProtocol'], changed['FromPort'], changed['ToPort'], changed['CidrIpv4'], changed['Description'], changed['Tags'], after[rules[2]['SecurityGroupRuleId']]['Description'])
            gone = ec2.revoke_security_group_ingress(GroupId=g, SecurityGroupRuleIds=[rules[0]['SecurityGroupRuleId'], rules[1]['SecurityGroupRuleId']])
            print(gone['Return'], [r['SecurityGroupRuleId'] == rules[i]['SecurityGroupRuleId'] for i, r in enumerate(gone['RevokedSecurityGroupRules'])])
            gone = ec2.revoke_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '6', 'FromPort': 5432, 'ToPort': 5432, 'UserIdGroupPairs': [{'GroupId': other}]}])
            print(gone['RevokedSecurityGroupRules'][0]['ReferencedGroupId'] == other)
            ec2.revoke_security_group_egress(GroupId=g, IpPermissions=made['IpPermissionsEgress'])
            ec2.authorize_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
            ec2.authorize_security_group_ingress(GroupId=g, IpProtocol='tcp', FromPort=22, ToPort=22, CidrIp='203.0.113.0/24')
            read = ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]
            print(plain(read['IpPermissionsEgress']), [(p['IpProtocol'], p.get('FromPort')) for p in read['IpPermissions']])
            """
        );

        Assert.Equal(
            [
                "[] [{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}], 'Ipv6Ranges': [], 'PrefixListIds': [], "
                    + "'UserIdGroupPairs': []}] "
                    + "arn:aws:ec2:us-east-1:444455556666:security-group/ID d",
                "4 ['10.0.0.0/16', '192.168.0.0/24', 'OTHER', '::/0'] [{'Key': 'a', 'Value': 'b'}] vpc",
                "[('tcp', 5432, 5432, [{'CidrIp': '10.0.0.0/16', 'Description': 'vpc'}, {'CidrIp': '192.168.0.0/24'}], [], ['OTHER']), "
                    + "('icmp', -1, -1, [], [{'CidrIpv6': '::/0'}], [])]",
                "5 True True",
                "udp 53 54 10.0.0.0/8 dns [{'Key': 'a', 'Value': 'b'}] app",
                "True [True, True]",
                "True",
                "[{'FromPort': 443, 'IpProtocol': 'tcp', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}], 'Ipv6Ranges': [], 'PrefixListIds': "
                    + "[], 'ToPort': 443, 'UserIdGroupPairs': []}] "
                    + "[('icmp', -1), ('tcp', 22)]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Names_of_groups_are_those_of_the_default_VPC_whichever_VPC_the_rule_is_in()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            ec2 = client('ec2', 'ca-central-1'); d = ec2.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']; v = vpc(); g, h = group(v, 'own'), group(d, 'shared')
            def authorize(group, name):
                return refused('authorize_security_group_ingress', GroupId=group, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupName': name}]}]).replace(d, 'DEFAULT')
            print(authorize(h, 'shared'), authorize(h, 'default'))
            print(ec2.describe_security_groups(GroupIds=[h])['SecurityGroups'][0]['IpPermissions'][0]['UserIdGroupPairs'][0]['GroupId'] == h)
            print(authorize(h, 'own'))
            print(authorize(g, 'own'))
            print(authorize(g, 'shared'))
            for s in ec2.describe_subnets(Filters=of(d))['Subnets']: ec2.delete_subnet(SubnetId=s['SubnetId'])
            igw = ec2.describe_internet_gateways()['InternetGateways'][0]['InternetGatewayId']
            ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=d); ec2.delete_security_group(GroupId=h); ec2.delete_vpc(VpcId=d)
            print(authorize(g, 'own'))
            """
        );

        Assert.Equal(
            [
                "not refused not refused",
                "True",
                "400 InvalidGroup.NotFound: The security group 'own' does not exist in default VPC 'DEFAULT'",
                "400 InvalidGroup.NotFound: The security group 'own' does not exist in default VPC 'DEFAULT'",
                "400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.",
                "400 VPCIdNotSpecified: No default VPC for this user",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_groups_and_deletion_in_the_wrong_order_are_refused()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); g, h = group(v, 'one'), group(v, 'two')
            default = ec2.describe_security_groups(Filters=of(v) + [{'Name': 'group-name', 'Values': ['default']}])['SecurityGroups'][0]['GroupId']
            def tell(text):
                for i, name in ((g, 'G'), (h, 'H'), (v, 'V'), (default, 'DEFAULT')): text = text.replace(i, name)
                print(text)
            def create(name, description='d', vpc=v): tell(refused('create_security_group', GroupName=name, Description=description, VpcId=vpc))
            create('one'); create('default'); create('sg-mine'); create('gr\u00fcn'); create('a' * 256); create(''); create('x', ''); create('x', 'a<b'); create('x', vpc='vpc-12345678')
            tell(refused('delete_security_group', GroupId=default))
            ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}, {'GroupId': g}]}])
            tell(refused('delete_security_group', GroupId=h))
            tell(refused('delete_vpc', VpcId=v))
            tell(str(plain(ec2.delete_security_group(GroupId=g))))
            tell(refused('delete_security_group', GroupId=g))
            tell(refused('delete_security_group', GroupId='nonsense'))
            tell(refused('delete_security_group'))
            tell(refused('delete_security_group', GroupName='nobody').split(' VPC ')[0])
            tell(refused('describe_security_groups', GroupIds=['sg-00000000']))
            tell(refused('describe_security_groups', Filters=[{'Name': 'Group-Name', 'Values': ['x']}]))
            ec2.delete_security_group(GroupId=h); ec2.delete_vpc(VpcId=v)
            """
        );

        const string Characters = "less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
        Assert.Equal(
            [
                "400 InvalidGroup.Duplicate: The security group 'one' already exists for VPC 'V'",
                "400 InvalidParameterValue: Cannot use reserved security group name: default",
                "400 InvalidParameterValue: Value (sg-mine) for parameter GroupName is invalid. Group names may not be in the format sg-*.",
                "400 InvalidParameterValue: Value (grün) for parameter GroupName is invalid. Character sets beyond ASCII are not "
                    + "supported.",
                $"400 InvalidParameterValue: Invalid security group name. Valid names are strings {Characters}",
                "400 MissingParameter: The request must contain the parameter groupName",
                "400 MissingParameter: The request must contain the parameter GroupDescription",
                $"400 InvalidParameterValue: Invalid security group description. Valid descriptions are strings {Characters}",
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
                "400 CannotDelete: the specified group: \"DEFAULT\" name: \"default\" cannot be deleted by a user",
                "400 DependencyViolation: resource H has a dependent object",
                "400 DependencyViolation: The vpc 'V' has dependencies and cannot be deleted.",
                "{'GroupId': 'G', 'Return': True}",
                "400 InvalidGroup.NotFound: The security group 'G' does not exist",
                "400 InvalidGroupId.Malformed: Invalid id: \"nonsense\" (expecting \"sg-...\")",
                "400 MissingParameter: The request must contain the parameter groupName or groupId",
                "400 InvalidGroup.NotFound: The security group 'nobody' does not exist in default",
                "400 InvalidGroup.NotFound: The security group 'sg-00000000' does not exist",
                "400 InvalidParameterValue: The filter 'Group-Name' is invalid",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_rules_are_refused_with_the_codes_and_texts_of_EC2()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); g = group(v); w = vpc(); far = group(w)
            def tell(text):
                for i, name in ((g, 'G'), (far, 'FAR')): text = text.replace(i, name)
                print(text)
            def allow(protocol='tcp', first=443, last=443, cidr='0.0.0.0/0', **more):
                p = {'IpProtocol': protocol, 'IpRanges': [{'CidrIp': cidr}] if cidr is not None else [], **more}
                if first is not None: p['FromPort'] = first
                if last is not None: p['ToPort'] = last
                tell(refused('authorize_security_group_ingress', GroupId=g, IpPermissions=[p]))
            allow(); allow(); allow(protocol='6')
            allow('-1', None, None); allow('-1', 1, 2)
            allow('foo'); allow('256'); allow('')
            allow(first=None); allow(first=-2); allow(last=65536); allow(first=443, last=80)
            allow('icmp', 256, 0); allow('icmp', 8, 256); allow('icmp', -1, 3); allow('icmp', 8, 0); allow('icmp', 8, 0)
            allow(cidr='10.0.0.0/33'); allow(cidr='10.0.0.0'); allow(cidr='::/0'); allow(cidr=None)
            allow(cidr=None, Ipv6Ranges=[{'CidrIpv6': '10.0.0.0/8'}])
            allow(cidr=None, UserIdGroupPairs=[{'GroupId': far}]); allow(cidr=None, UserIdGroupPairs=[{'GroupId': 'sg-12345678'}])
            allow(cidr=None, UserIdGroupPairs=[{'GroupId': g}]); allow(cidr=None, UserIdGroupPairs=[{'GroupId': g}])
            allow(cidr=None, PrefixListIds=[{'PrefixListId': 'pl-12345678'}])
            allow(cidr=None, IpRanges=[{'CidrIp': '10.0.0.0/8'}, {'CidrIp': '10.1.0.0/8'}])
            tell(refused('authorize_security_group_ingress', GroupId=g, IpPermissions=[]))
            tell(refused('revoke_security_group_ingress', GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 1, 'ToPort': 2, 'IpRanges': [{'CidrIp': '9.9.9.9/32'}]}]))
            tell(refused('revoke_security_group_ingress', GroupId=g, SecurityGroupRuleIds=['sgr-12345678']))
            tell(refused('authorize_security_group_ingress', GroupId=far, IpPermissions=[{'IpProtocol': 'udp', 'FromPort': i, 'ToPort': i, 'IpRanges': [{'CidrIp': '10.0.0.0/8'}]} for i in range(300)]))
            tell(refused('authorize_security_group_ingress', GroupId=far, IpPermissions=[{'IpProtocol': 'udp', 'FromPort': i, 'ToPort': i, 'IpRanges': [{'CidrIp': '10.0.0.0/8'}], 'Ipv6Ranges': [{'CidrIpv6': '::/0'}]} for i in range(60)]))
            tell(refused('authorize_security_group_ingress', GroupId=far, IpPermissions=[{'IpProtocol': 'udp', 'FromPort': 99, 'ToPort': 99, 'UserIdGroupPairs': [{'GroupId': far}]}]))
            print(len(ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [far]}])['SecurityGroupRules']))
            """
        );

        Assert.Equal(
            [
                "not refused",
                "400 InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW\" "
                    + "already exists",
                "400 InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW\" "
                    + "already exists",
                "not refused",
                "400 InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, ALL, ALLOW\" already exists",
                "400 InvalidParameterValue: Invalid value 'foo' for IP protocol. Unknown protocol.",
                "400 InvalidParameterValue: Invalid value '256' for IP protocol. Unknown protocol.",
                "400 MissingParameter: The request must contain the parameter ipProtocol",
                "400 InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
                "400 InvalidParameterValue: TCP/UDP port (-2) out of range",
                "400 InvalidParameterValue: TCP/UDP port (65536) out of range",
                "400 InvalidParameterValue: Invalid TCP/UDP port range (443:80)",
                "400 InvalidParameterValue: ICMP type (256) out of range",
                "400 InvalidParameterValue: ICMP code (256) out of range",
                "400 InvalidParameterValue: ICMP code (3) must be -1 when the type is -1",
                "not refused",
                "400 InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, ICMP, type: 8, code: 0, ALLOW\" already exists",
                "400 InvalidParameterValue: CIDR block 10.0.0.0/33 is malformed",
                "400 InvalidParameterValue: CIDR block 10.0.0.0 is malformed",
                "400 InvalidParameterValue: CIDR block ::/0 is malformed",
                "400 MissingParameter: The request must contain the parameter ipRanges",
                "400 InvalidParameterValue: CIDR block 10.0.0.0/8 is not a valid IPv6 CIDR",
                "400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.",
                "400 InvalidGroup.NotFound: The security group 'sg-12345678' does not exist",
                "not refused",
                "400 InvalidPermission.Duplicate: the specified rule \"peer: G, TCP, from port: 443, to port: 443, ALLOW\" already exists",
                "400 InvalidPrefixListID.NotFound: The prefix list ID 'pl-12345678' does not exist",
                "400 InvalidParameterValue: The same permission must not appear multiple times",
                "400 MissingParameter: The request must contain the parameter ipPermissions",
                "400 InvalidPermission.NotFound: The specified rule does not exist in this security group.",
                "400 InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-12345678' does not exist",
                "400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.",
                "not refused",
                "400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.",
                "121",
            ],
            lines
        );
    }
}
