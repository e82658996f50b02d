from ec2_calls import *

v = vpc()
ec2.create_tags(Resources=[v], Tags=[{'Key': 'team', 'Value': 'blue'}])
for (name, value), expected in zip(
    [('tag-key', 'team'), ('tag-value', 'blue'), ('tag-value', 'b*'), ('tag-value', 'red')],
    [
        '[True]',
        '[True]',
        '[True]',
        '[]',
    ],
    strict=True,
):
    expect(expected, [x['VpcId'] == v for x in ec2.describe_vpcs(Filters=[{'Name': name, 'Values': [value]}])['Vpcs']])
