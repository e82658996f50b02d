from ec2_calls import *

ec2 = ec2_in('us-west-2')
for i in range(12):
    ec2.create_vpc(
        CidrBlock=f'10.{i}.0.0/16',
        TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [{'Key': 'Name', 'Value': f'web-{i}'}, {'Key': f'k{i % 2}', 'Value': ''}]}],
    )
pages = list(ec2.get_paginator('describe_vpcs').paginate(PaginationConfig={'PageSize': 5}))
expect('[5, 5, 3] 13', [len(p['Vpcs']) for p in pages], len({v['VpcId'] for p in pages for v in p['Vpcs']}))


def found(*filters):
    return sorted(v['CidrBlock'] for v in ec2.describe_vpcs(Filters=[{'Name': n, 'Values': v} for n, v in filters])['Vpcs'])


expect("['10.1.0.0/16', '10.10.0.0/16', '10.11.0.0/16']", found(('tag:Name', ['web-1*'])))
expect(
    "10 6 ['10.2.0.0/16']",
    found(('tag:Name', ['web-?'])).__len__(),
    found(('tag-key', ['k0'])).__len__(),
    found(('tag-key', ['k0']), ('tag:Name', ['web-2', 'web-3'])),
)
expect(
    "['10.4.0.0/16', '10.5.0.0/16'] ['172.31.0.0/16'] [] []",
    found(('cidr', ['10.4.0.0/16', '10.5.0.0/16'])),
    found(('is-default', ['true'])),
    found(('tag:Name', ['WEB-1'])),
    found(('tag:Name', ['web-\\*'])),
)
expect('13 []', len(found(('owner-id', ['444455556666']))), found(('owner-id', ['111122223333'])))
