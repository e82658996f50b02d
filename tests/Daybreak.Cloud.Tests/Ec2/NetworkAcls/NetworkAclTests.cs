namespace Daybreak.Cloud.Tests.Ec2.NetworkAcls;

[Trait("Pace", "slow")]
public sealed class NetworkAclTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_subnet_has_one_ACL_the_default_one_until_it_is_replaced()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v)
            default = ec2.describe_network_acls(Filters=of(v) + [{'Name': 'default', 'Values': ['true']}])['NetworkAcls'][0]
            def entries(acl): return [(e['RuleNumber'], e['Egress'], e['RuleAction'], e['Protocol'], e.get('CidrBlock') or e.get('Ipv6CidrBlock'), e.get('PortRange') or e.get('IcmpTypeCode')) for e in ec2.describe_network_acls(NetworkAclIds=[acl])['NetworkAcls'][0]['Entries']]
            print(entries(default['NetworkAclId']), [a['SubnetId'] == s for a in default['Associations']])
            made = ec2.create_network_acl(VpcId=v, TagSpecifications=[{'ResourceType': 'network-acl', 'Tags': [{'Key': 'a', 'Value': 'b'}]}])['NetworkAcl']
            n = made['NetworkAclId']
            print(made['IsDefault'], made['Associations'], made['Tags'], entries(n))
            ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=200, Protocol='6', RuleAction='allow', Egress=True, CidrBlock='0.0.0.0/0', PortRange={'From': 443, 'To': 443})
            ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=100, Protocol='tcp', RuleAction='deny', Egress=True, CidrBlock='10.0.0.7/8', PortRange={'From': 0, 'To': 65535})
            ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=100, Protocol='1', RuleAction='allow', Egress=False, CidrBlock='0.0.0.0/0', IcmpTypeCode={'Type': -1, 'Code': -1})
            ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=110, Protocol='-1', RuleAction='allow', Egress=False, Ipv6CidrBlock='::/0')
            print(entries(n))
            ec2.replace_network_acl_entry(NetworkAclId=n, RuleNumber=100, Protocol='17', RuleAction='allow', Egress=True, CidrBlock='10.0.0.0/8', PortRange={'From': 53, 'To': 53})
            ec2.delete_network_acl_entry(NetworkAclId=n, RuleNumber=110, Egress=False)
            print(entries(n))
            a = default['Associations'][0]['NetworkAclAssociationId']
            b = ec2.replace_network_acl_association(AssociationId=a, NetworkAclId=n)['NewAssociationId']
            found = ec2.describe_network_acls(Filters=[{'Name': 'association.subnet-id', 'Values': [s]}])['NetworkAcls']
            print(b != a, [f['NetworkAclId'] == n for f in found])
            def tell(text): print(text.replace(n, 'ACL').replace(default['NetworkAclId'], 'DEFAULT').replace(v, 'VPC'))
            tell(refused('delete_network_acl', NetworkAclId=n)); tell(refused('delete_network_acl', NetworkAclId=default['NetworkAclId'])); tell(refused('delete_vpc', VpcId=v))
            ec2.replace_network_acl_association(AssociationId=b, NetworkAclId=default['NetworkAclId'])
            ec2.delete_network_acl(NetworkAclId=n); tell(refused('describe_network_acls', NetworkAclIds=[n]))
            """
        );

        Assert.Equal(
            [
                "[(100, True, 'allow', '-1', '0.0.0.0/0', None), (32767, True, 'deny', '-1', '0.0.0.0/0', None), "
                    + "(100, False, 'allow', '-1', '0.0.0.0/0', None), (32767, False, 'deny', '-1', '0.0.0.0/0', None)] [True]",
                "False [] [{'Key': 'a', 'Value': 'b'}] [(32767, True, 'deny', '-1', '0.0.0.0/0', None), (32767, False, 'deny', "
                    + "'-1', '0.0.0.0/0', None)]",
                "[(100, True, 'deny', '6', '10.0.0.0/8', {'From': 0, 'To': 65535}), (200, True, 'allow', '6', '0.0.0.0/0', {'From': "
                    + "443, 'To': 443}), "
                    + "(32767, True, 'deny', '-1', '0.0.0.0/0', None), (100, False, 'allow', '1', '0.0.0.0/0', {'Code': -1, 'Type': -1}), "
                    + "(110, False, 'allow', '-1', '::/0', None), (32767, False, 'deny', '-1', '0.0.0.0/0', None)]",
                "[(100, True, 'allow', '17', '10.0.0.0/8', {'From': 53, 'To': 53}), (200, True, 'allow', '6', '0.0.0.0/0', {'From': "
                    + "443, 'To': 443}), "
                    + "(32767, True, 'deny', '-1', '0.0.0.0/0', None), (100, False, 'allow', '1', '0.0.0.0/0', {'Code': -1, 'Type': -1}), "
                    + "(32767, False, 'deny', '-1', '0.0.0.0/0', None)]",
                "True [True]",
                "400 DependencyViolation: The networkAcl 'ACL' has dependencies and cannot be deleted.",
                "400 InvalidParameterValue: cannot delete default network ACL DEFAULT",
                "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
                "400 InvalidNetworkAclID.NotFound: The networkAcl ID 'ACL' does not exist",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_entries_are_refused()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); n = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']; s = subnet(v)
            far = ec2.create_network_acl(VpcId=vpc())['NetworkAcl']['NetworkAclId']
            def entry(operation='create_network_acl_entry', **more): print(refused(operation, **{'NetworkAclId': n, 'RuleNumber': 100, 'Protocol': 'tcp', 'RuleAction': 'allow', 'Egress': True, 'CidrBlock': '0.0.0.0/0', 'PortRange': {'From': 1, 'To': 2}, **more}).replace(n, 'ACL').replace(far, 'FAR').replace(s, 'SUBNET'))
            entry(); entry(); entry('replace_network_acl_entry', RuleNumber=5); entry(RuleNumber=0); entry(RuleNumber=32767); entry(Protocol='x'); entry(Protocol='300')
            entry(RuleAction='maybe'); entry(CidrBlock='1.2.3.4'); entry(CidrBlock='::/0'); entry(PortRange={}); entry(PortRange={'From': 9, 'To': 8}); entry(PortRange={'From': 9, 'To': 65536})
            entry(Protocol='icmp'); entry(Protocol='icmp', IcmpTypeCode={'Type': 999, 'Code': 0}); entry(NetworkAclId='acl-12345678')
            for i in range(1, 19): ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=i, Protocol='-1', RuleAction='allow', Egress=True, CidrBlock='0.0.0.0/0')
            entry(RuleNumber=50)
            a = ec2.describe_network_acls(Filters=[{'Name': 'association.subnet-id', 'Values': [s]}])['NetworkAcls'][0]['Associations'][0]['NetworkAclAssociationId']
            print(refused('replace_network_acl_association', AssociationId=a, NetworkAclId=far).replace(far, 'FAR').replace(s, 'SUBNET'))
            print(refused('replace_network_acl_association', AssociationId='aclassoc-1', NetworkAclId=n), refused('delete_network_acl_entry', NetworkAclId=n, RuleNumber=77, Egress=False))
            """
        );

        Assert.Equal(
            [
                "not refused",
                "400 NetworkAclEntryAlreadyExists: The network acl entry identified by 100 already exists.",
                "400 InvalidNetworkAclEntry.NotFound: The network acl entry identified by 5 does not exist.",
                "400 InvalidParameterValue: Value (0) for parameter ruleNumber is invalid. The rule number must be between 1 and 32766.",
                "400 InvalidParameterValue: Value (32767) for parameter ruleNumber is invalid. The rule number must be between 1 "
                    + "and 32766.",
                "400 InvalidParameterValue: Invalid value 'x' for IP protocol. Unknown protocol.",
                "400 InvalidParameterValue: Invalid value '300' for IP protocol. Unknown protocol.",
                "400 InvalidParameterValue: Value (maybe) for parameter ruleAction is invalid.",
                "400 InvalidParameterValue: Value (1.2.3.4) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: Value (::/0) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 MissingParameter: The request must contain the parameter portRange",
                "400 InvalidParameterValue: Invalid TCP/UDP port range (9:8)",
                "400 InvalidParameterValue: TCP/UDP port (65536) out of range",
                "400 MissingParameter: The request must contain the parameter icmpTypeCode",
                "400 InvalidParameterValue: ICMP type (999) out of range",
                "400 InvalidNetworkAclID.NotFound: The networkAcl ID 'acl-12345678' does not exist",
                "400 NetworkAclEntryLimitExceeded: The maximum number of network ACL entries has been reached.",
                "400 InvalidParameterValue: network ACL FAR and subnet SUBNET belong to different networks",
                "400 InvalidAssociationID.NotFound: The association ID 'aclassoc-1' does not exist "
                    + "400 InvalidNetworkAclEntry.NotFound: The network acl entry identified by 77 does not exist.",
            ],
            lines
        );
    }
}
