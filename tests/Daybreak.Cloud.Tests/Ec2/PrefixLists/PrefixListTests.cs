namespace Daybreak.Cloud.Tests.Ec2.PrefixLists;

[Trait("Pace", "slow")]
public sealed class PrefixListTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_list_has_versions_and_stands_in_rules_and_routes()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            made = ec2.create_managed_prefix_list(PrefixListName='offices', AddressFamily='IPv4', MaxEntries=3, Entries=[{'Cidr': '10.1.0.0/16', 'Description': 'first'}, {'Cidr': '10.2.0.9/16'}],
                TagSpecifications=[{'ResourceType': 'prefix-list', 'Tags': [{'Key': 'a', 'Value': 'b'}]}])['PrefixList']
            i = made['PrefixListId']
            def show(**more): return [(e['Cidr'], e.get('Description')) for e in ec2.get_managed_prefix_list_entries(PrefixListId=i, **more)['Entries']]
            def read(): return ec2.describe_managed_prefix_lists(PrefixListIds=[i])['PrefixLists'][0]
            print(made['State'], made['PrefixListArn'].replace(i, 'PL'), made['OwnerId'], read()['State'], read()['Version'], read()['MaxEntries'], read()['Tags'], show())
            after = ec2.modify_managed_prefix_list(PrefixListId=i, CurrentVersion=1, RemoveEntries=[{'Cidr': '10.1.0.0/16'}], AddEntries=[{'Cidr': '10.1.0.0/16', 'Description': 'again'}, {'Cidr': '10.3.0.0/16'}])['PrefixList']
            print(after['State'], read()['State'], read()['Version'], show(), show(TargetVersion=1))
            after = ec2.modify_managed_prefix_list(PrefixListId=i, PrefixListName='sites')['PrefixList']
            print(after['PrefixListName'], after['Version'], ec2.modify_managed_prefix_list(PrefixListId=i, MaxEntries=20)['PrefixList']['MaxEntries'])
            restored = ec2.restore_managed_prefix_list_version(PrefixListId=i, PreviousVersion=1, CurrentVersion=2)['PrefixList']
            print(restored['State'], read()['State'], read()['Version'], show())
            print(len(ec2.describe_managed_prefix_lists(Filters=[{'Name': 'owner-id', 'Values': ['AWS']}])['PrefixLists']), len(ec2.describe_managed_prefix_lists(Filters=[{'Name': 'prefix-list-name', 'Values': ['si*']}])['PrefixLists']),
                [n for n in ec2.describe_prefix_lists()['PrefixLists'] if n['PrefixListId'] == i])
            v = vpc('10.9.0.0/16'); g = group(v); t = table(v); igw = gateway(v)
            ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'PrefixListIds': [{'PrefixListId': i, 'Description': 'offices'}]}])
            ec2.create_route(RouteTableId=t, DestinationPrefixListId=i, GatewayId=igw)
            print([r['GatewayId'] == igw for r in ec2.describe_route_tables(Filters=[{'Name': 'route.destination-prefix-list-id', 'Values': [i]}])['RouteTables'][0]['Routes'] if r.get('DestinationPrefixListId') == i],
                sorted(a['ResourceId'] == g for a in ec2.get_managed_prefix_list_associations(PrefixListId=i)['PrefixListAssociations']))
            print(refused('delete_managed_prefix_list', PrefixListId=i).replace(i, 'PL'))
            ec2.delete_route(RouteTableId=t, DestinationPrefixListId=i)
            ec2.revoke_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'PrefixListIds': [{'PrefixListId': i}]}])
            print(ec2.delete_managed_prefix_list(PrefixListId=i)['PrefixList']['State'], refused('describe_managed_prefix_lists', PrefixListIds=[i]).replace(i, 'PL'))
            """
        );

        Assert.Equal(
            [
                "create-in-progress arn:aws:ec2:us-east-1:444455556666:prefix-list/PL 444455556666 create-complete 1 3 [{'Key': "
                    + "'a', 'Value': 'b'}] "
                    + "[('10.1.0.0/16', 'first'), ('10.2.0.0/16', None)]",
                "modify-in-progress modify-complete 2 [('10.1.0.0/16', 'again'), ('10.2.0.0/16', None), ('10.3.0.0/16', None)] "
                    + "[('10.1.0.0/16', 'first'), ('10.2.0.0/16', None)]",
                "sites 2 20",
                "restore-in-progress restore-complete 3 [('10.1.0.0/16', 'first'), ('10.2.0.0/16', None)]",
                "2 1 []",
                "[True] [False, True]",
                "400 DependencyViolation: The prefixList 'PL' has dependencies and cannot be deleted.",
                "delete-in-progress 400 InvalidPrefixListID.NotFound: The prefix list ID 'PL' does not exist",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_list_counts_for_as_many_rules_and_routes_as_fit_into_it()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            def made(n, family='IPv4'): return ec2.create_managed_prefix_list(PrefixListName=f'l{n}', AddressFamily=family, MaxEntries=n)['PrefixList']['PrefixListId']
            big, small, six, huge = made(59), made(1), made(60, 'IPv6'), made(499)
            v = vpc(); g = group(v); t = table(v); igw = gateway(v)
            def rule(**peer): return refused('authorize_security_group_ingress', GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, **peer}])
            def of(i): return {'PrefixListIds': [{'PrefixListId': i}]}
            print(rule(**of(big)), '|', rule(**of(small)), '|', rule(IpRanges=[{'CidrIp': '10.0.0.0/8'}]), '|', rule(**of(six)), '|', rule(Ipv6Ranges=[{'CidrIpv6': '::/0'}]), '|', rule(UserIdGroupPairs=[{'GroupId': g}]))
            r = ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules']
            mine = [x['SecurityGroupRuleId'] for x in r if x.get('PrefixListId') == small][0]
            print(refused('modify_security_group_rules', GroupId=g, SecurityGroupRules=[{'SecurityGroupRuleId': mine, 'SecurityGroupRule': {'IpProtocol': 'tcp', 'FromPort': 1, 'ToPort': 1, 'CidrIpv6': '::/0'}}]))
            print(refused('create_route', RouteTableId=t, DestinationPrefixListId=huge, GatewayId=igw), '|', refused('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw).replace(t, 'T'), '|',
                refused('create_route', RouteTableId=t, DestinationIpv6CidrBlock='::/0', GatewayId=igw))
            def grow(i, n): ec2.modify_managed_prefix_list(PrefixListId=i, MaxEntries=n); return [(x['State'], x['MaxEntries']) for x in ec2.describe_managed_prefix_lists(PrefixListIds=[i])['PrefixLists']]
            print(grow(big, 60), grow(huge, 500), grow(big, 58), grow(small, 2))
            """
        );

        const string Full = "400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.";
        Assert.Equal(
            [
                $"not refused | not refused | {Full} | not refused | {Full} | {Full}",
                Full,
                "not refused | 400 RouteLimitExceeded: The maximum number of routes has been reached in route table T. | not refused",
                "[('modify-failed', 59)] [('modify-failed', 499)] [('modify-complete', 58)] [('modify-complete', 2)]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_lists_are_refused()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            def create(**more): print(refused('create_managed_prefix_list', **{k: x for k, x in {'PrefixListName': 'n', 'AddressFamily': 'IPv4', 'MaxEntries': 2, **more}.items() if x is not None}))
            create(PrefixListName=None); create(PrefixListName='com.amazonaws.x'); create(AddressFamily=None); create(AddressFamily='IPv5'); create(MaxEntries=None); create(MaxEntries=0); create(MaxEntries=1001)
            create(Entries=[{'Cidr': 'x'}]); create(Entries=[{'Cidr': '::/0'}]); create(Entries=[{'Cidr': '10.0.0.0/8'}, {'Cidr': '10.0.0.1/8'}]); create(Entries=[{'Cidr': f'10.{i}.0.0/16'} for i in range(3)])
            i = ec2.create_managed_prefix_list(PrefixListName='n', AddressFamily='IPv4', MaxEntries=2, Entries=[{'Cidr': '10.0.0.0/8'}])['PrefixList']['PrefixListId']
            def modify(**more): print(refused('modify_managed_prefix_list', PrefixListId=i, **more))
            modify(CurrentVersion=2, AddEntries=[{'Cidr': '11.0.0.0/8'}]); modify(AddEntries=[{'Cidr': '11.0.0.0/8'}]); modify(CurrentVersion=1, AddEntries=[{'Cidr': '11.0.0.0/8'}], MaxEntries=9)
            modify(CurrentVersion=1, RemoveEntries=[{'Cidr': '12.0.0.0/8'}]); modify(CurrentVersion=1, AddEntries=[{'Cidr': '10.0.0.0/8'}]); modify(CurrentVersion=1, AddEntries=[{'Cidr': '11.0.0.0/8'}, {'Cidr': '12.0.0.0/8'}])
            print(refused('restore_managed_prefix_list_version', PrefixListId=i, PreviousVersion=9, CurrentVersion=1))
            aws = ec2.describe_prefix_lists()['PrefixLists'][0]['PrefixListId']
            print(refused('delete_managed_prefix_list', PrefixListId=aws).replace(aws, 'AWS'), refused('delete_managed_prefix_list', PrefixListId='pl-x'))
            print(refused('get_managed_prefix_list_entries', PrefixListId=i, TargetVersion=7), refused('get_managed_prefix_list_entries', PrefixListId='pl-12345678'))
            """
        );

        const string Full = "400 PrefixListMaxEntriesExceeded: You've reached the maximum number of entries for the prefix list.";
        Assert.Equal(
            [
                "400 MissingParameter: The request must contain the parameter PrefixListName",
                "400 InvalidParameterValue: Value (com.amazonaws.x) for parameter PrefixListName is invalid. The name cannot start "
                    + "with com.amazonaws.",
                "400 MissingParameter: The request must contain the parameter AddressFamily",
                "400 InvalidParameterValue: Value (IPv5) for parameter AddressFamily is invalid. Invalid address family.",
                "400 MissingParameter: The request must contain the parameter MaxEntries",
                "400 InvalidParameterValue: Must specify a max size between 1 and 1000",
                "400 InvalidParameterValue: Must specify a max size between 1 and 1000",
                "400 InvalidParameterValue: Value (x) for parameter Cidr is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: The CIDR (::/0) does not match the address family of the prefix list (IPv4).",
                "400 InvalidParameterValue: The CIDR (10.0.0.0/8) appears more than once in the prefix list.",
                Full,
                "400 PrefixListVersionMismatch: The prefix list has the incorrect version number.",
                "400 MissingParameter: The request must contain the parameter CurrentVersion",
                "400 InvalidParameterCombination: You cannot modify the entries and the maximum number of entries for the prefix "
                    + "list in the same request.",
                "400 InvalidPrefixListModification: The prefix list has no entry with the CIDR (12.0.0.0/8).",
                "400 InvalidParameterValue: The CIDR (10.0.0.0/8) appears more than once in the prefix list.",
                Full,
                "400 InvalidParameterValue: Value (9) for parameter PreviousVersion is invalid.",
                "400 UnsupportedOperation: The prefix list 'AWS' is managed by AWS and cannot be modified. 400 "
                    + "InvalidPrefixListId.Malformed: Invalid id: \"pl-x\" (expecting \"pl-...\")",
                "400 InvalidParameterValue: Value (7) for parameter targetVersion is invalid. 400 InvalidPrefixListID.NotFound: The "
                    + "prefix list ID 'pl-12345678' does not exist",
            ],
            lines
        );
    }
}
