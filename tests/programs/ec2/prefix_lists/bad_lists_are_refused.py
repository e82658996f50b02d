from ec2_calls import *


def create(expected, **more):
    expect(
        expected,
        refused(
            'create_managed_prefix_list',
            **{k: x for k, x in {'PrefixListName': 'n', 'AddressFamily': 'IPv4', 'MaxEntries': 2, **more}.items() if x is not None},
        ),
    )


create('400 MissingParameter: The request must contain the parameter PrefixListName', PrefixListName=None)
create(
    '400 InvalidParameterValue: Value (com.amazonaws.x) for parameter PrefixListName is invalid. The name cannot start with com.amazonaws.',
    PrefixListName='com.amazonaws.x',
)
create('400 MissingParameter: The request must contain the parameter AddressFamily', AddressFamily=None)
create('400 InvalidParameterValue: Value (IPv5) for parameter AddressFamily is invalid. Invalid address family.', AddressFamily='IPv5')
create('400 MissingParameter: The request must contain the parameter MaxEntries', MaxEntries=None)
create('400 InvalidParameterValue: Must specify a max size between 1 and 1000', MaxEntries=0)
create('400 InvalidParameterValue: Must specify a max size between 1 and 1000', MaxEntries=1001)
create('400 InvalidParameterValue: Value (x) for parameter Cidr is invalid. This is not a valid CIDR block.', Entries=[{'Cidr': 'x'}])
create(
    '400 InvalidParameterValue: The CIDR (::/0) does not match the address family of the prefix list (IPv4).', Entries=[{'Cidr': '::/0'}]
)
create(
    '400 InvalidParameterValue: The CIDR (10.0.0.0/8) appears more than once in the prefix list.',
    Entries=[{'Cidr': '10.0.0.0/8'}, {'Cidr': '10.0.0.1/8'}],
)
create(
    "400 PrefixListMaxEntriesExceeded: You've reached the maximum number of entries for the prefix list.",
    Entries=[{'Cidr': f'10.{i}.0.0/16'} for i in range(3)],
)
i = ec2.create_managed_prefix_list(PrefixListName='n', AddressFamily='IPv4', MaxEntries=2, Entries=[{'Cidr': '10.0.0.0/8'}])['PrefixList'][
    'PrefixListId'
]


def modify(expected, **more):
    expect(expected, refused('modify_managed_prefix_list', PrefixListId=i, **more))


modify(
    '400 PrefixListVersionMismatch: The prefix list has the incorrect version number.',
    CurrentVersion=2,
    AddEntries=[{'Cidr': '11.0.0.0/8'}],
)
modify('400 MissingParameter: The request must contain the parameter CurrentVersion', AddEntries=[{'Cidr': '11.0.0.0/8'}])
modify(
    '400 InvalidParameterCombination: You cannot modify the entries and the maximum number of entries for the prefix list in the same request.',
    CurrentVersion=1,
    AddEntries=[{'Cidr': '11.0.0.0/8'}],
    MaxEntries=9,
)
modify(
    '400 InvalidPrefixListModification: The prefix list has no entry with the CIDR (12.0.0.0/8).',
    CurrentVersion=1,
    RemoveEntries=[{'Cidr': '12.0.0.0/8'}],
)
modify(
    '400 InvalidParameterValue: The CIDR (10.0.0.0/8) appears more than once in the prefix list.',
    CurrentVersion=1,
    AddEntries=[{'Cidr': '10.0.0.0/8'}],
)
modify(
    "400 PrefixListMaxEntriesExceeded: You've reached the maximum number of entries for the prefix list.",
    CurrentVersion=1,
    AddEntries=[{'Cidr': '11.0.0.0/8'}, {'Cidr': '12.0.0.0/8'}],
)
expect(
    '400 InvalidParameterValue: Value (9) for parameter PreviousVersion is invalid.',
    refused('restore_managed_prefix_list_version', PrefixListId=i, PreviousVersion=9, CurrentVersion=1),
)
aws = ec2.describe_prefix_lists()['PrefixLists'][0]['PrefixListId']
expect(
    '400 UnsupportedOperation: The prefix list \'AWS\' is managed by AWS and cannot be modified. 400 InvalidPrefixListId.Malformed: Invalid id: "pl-x" (expecting "pl-...")',
    refused('delete_managed_prefix_list', PrefixListId=aws).replace(aws, 'AWS'),
    refused('delete_managed_prefix_list', PrefixListId='pl-x'),
)
expect(
    "400 InvalidParameterValue: Value (7) for parameter targetVersion is invalid. 400 InvalidPrefixListID.NotFound: The prefix list ID 'pl-12345678' does not exist",
    refused('get_managed_prefix_list_entries', PrefixListId=i, TargetVersion=7),
    refused('get_managed_prefix_list_entries', PrefixListId='pl-12345678'),
)
