from ec2_calls import *

ec2 = ec2_in('eu-west-3')
v = vpc()
s = subnet(v, zone='eu-west-3a')
g = group(v)
ec2.create_tags(Resources=[v, s], Tags=[{'Key': 'Owner', 'Value': 'TeamA'}, {'Key': 'Stage', 'Value': 'test'}])
ec2.create_tags(Resources=[g], Tags=[{'Key': 'Owner', 'Value': 'TeamB'}, {'Key': 'TeamA', 'Value': 'Owner'}])
names = {v: 'vpc', s: 'subnet', g: 'group'}


def found(expected, *filters):
    tags = ec2.describe_tags(Filters=[{'Name': name, 'Values': values} for name, values in filters])['Tags']
    expect(expected, ', '.join(sorted(f"{names[t['ResourceId']]} {t['Key']}={t['Value']}" for t in tags)) or 'nothing')


found('group Owner=TeamB, subnet Owner=TeamA, vpc Owner=TeamA', ('key', ['Owner']))
found('subnet Owner=TeamA, vpc Owner=TeamA', ('value', ['TeamA']))
found('group TeamA=Owner, subnet Stage=test, vpc Stage=test', ('value', ['t*', 'Owner']))
found('group Owner=TeamB, group TeamA=Owner', ('resource-id', [g]))
found('group Owner=TeamB, group TeamA=Owner, subnet Owner=TeamA, subnet Stage=test', ('resource-type', ['subnet', 'security-group']))
found('subnet Owner=TeamA, vpc Owner=TeamA', ('tag:Owner', ['TeamA']))
found('group Owner=TeamB, vpc Owner=TeamA', ('tag:Owner', ['Team?']), ('resource-type', ['vpc', 'security-group']))
found('nothing', ('tag:owner', ['TeamA']))
found('nothing', ('key', ['Stage']), ('tag:Owner', ['TeamA']))
