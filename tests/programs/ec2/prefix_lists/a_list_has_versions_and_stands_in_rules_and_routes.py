from ec2_calls import *

made = ec2.create_managed_prefix_list(
    PrefixListName='offices',
    AddressFamily='IPv4',
    MaxEntries=3,
    Entries=[{'Cidr': '10.1.0.0/16', 'Description': 'first'}, {'Cidr': '10.2.0.9/16'}],
    TagSpecifications=[{'ResourceType': 'prefix-list', 'Tags': [{'Key': 'a', 'Value': 'b'}]}],
)['PrefixList']
i = made['PrefixListId']


def show(**more):
    return [(e['Cidr'], e.get('Description')) for e in ec2.get_managed_prefix_list_entries(PrefixListId=i, **more)['Entries']]


def read():
    return ec2.describe_managed_prefix_lists(PrefixListIds=[i])['PrefixLists'][0]


expect(
    "create-in-progress arn:aws:ec2:us-east-1:444455556666:prefix-list/PL 444455556666 create-complete 1 3 [{'Key': 'a', 'Value': 'b'}] [('10.1.0.0/16', 'first'), ('10.2.0.0/16', None)]",
    made['State'],
    made['PrefixListArn'].replace(i, 'PL'),
    made['OwnerId'],
    read()['State'],
    read()['Version'],
    read()['MaxEntries'],
    read()['Tags'],
    show(),
)
after = ec2.modify_managed_prefix_list(
    PrefixListId=i,
    CurrentVersion=1,
    RemoveEntries=[{'Cidr': '10.1.0.0/16'}],
    AddEntries=[{'Cidr': '10.1.0.0/16', 'Description': 'again'}, {'Cidr': '10.3.0.0/16'}],
)['PrefixList']
expect(
    "modify-in-progress modify-complete 2 [('10.1.0.0/16', 'again'), ('10.2.0.0/16', None), ('10.3.0.0/16', None)] [('10.1.0.0/16', 'first'), ('10.2.0.0/16', None)]",
    after['State'],
    read()['State'],
    read()['Version'],
    show(),
    show(TargetVersion=1),
)
after = ec2.modify_managed_prefix_list(PrefixListId=i, PrefixListName='sites')['PrefixList']
expect(
    'sites 2 20',
    after['PrefixListName'],
    after['Version'],
    ec2.modify_managed_prefix_list(PrefixListId=i, MaxEntries=20)['PrefixList']['MaxEntries'],
)
restored = ec2.restore_managed_prefix_list_version(PrefixListId=i, PreviousVersion=1, CurrentVersion=2)['PrefixList']
expect(
    "restore-in-progress restore-complete 3 [('10.1.0.0/16', 'first'), ('10.2.0.0/16', None)]",
    restored['State'],
    read()['State'],
    read()['Version'],
    show(),
)
expect(
    '2 1 []',
    len(ec2.describe_managed_prefix_lists(Filters=[{'Name': 'owner-id', 'Values': ['AWS']}])['PrefixLists']),
    len(ec2.describe_managed_prefix_lists(Filters=[{'Name': 'prefix-list-name', 'Values': ['si*']}])['PrefixLists']),
    [n for n in ec2.describe_prefix_lists()['PrefixLists'] if n['PrefixListId'] == i],
)
v = vpc('10.9.0.0/16')
g = group(v)
t = table(v)
igw = gateway(v)
ec2.authorize_security_group_ingress(
    GroupId=g,
    IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'PrefixListIds': [{'PrefixListId': i, 'Description': 'offices'}]}],
)
ec2.create_route(RouteTableId=t, DestinationPrefixListId=i, GatewayId=igw)
expect(
    '[True] [False, True]',
    [
        r['GatewayId'] == igw
        for r in ec2.describe_route_tables(Filters=[{'Name': 'route.destination-prefix-list-id', 'Values': [i]}])['RouteTables'][0][
            'Routes'
        ]
        if r.get('DestinationPrefixListId') == i
    ],
    sorted(a['ResourceId'] == g for a in ec2.get_managed_prefix_list_associations(PrefixListId=i)['PrefixListAssociations']),
)
expect(
    "400 DependencyViolation: The prefixList 'PL' has dependencies and cannot be deleted.",
    refused('delete_managed_prefix_list', PrefixListId=i).replace(i, 'PL'),
)
ec2.delete_route(RouteTableId=t, DestinationPrefixListId=i)
ec2.revoke_security_group_ingress(
    GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'PrefixListIds': [{'PrefixListId': i}]}]
)
expect(
    "delete-in-progress 400 InvalidPrefixListID.NotFound: The prefix list ID 'PL' does not exist",
    ec2.delete_managed_prefix_list(PrefixListId=i)['PrefixList']['State'],
    refused('describe_managed_prefix_lists', PrefixListIds=[i]).replace(i, 'PL'),
)
