from vpc_calls import *
from reach_explanations import explained, mend

vpc = ec2_calls.vpc()
one, two = ec2_calls.subnet(vpc, '10.0.0.0/24'), ec2_calls.subnet(vpc, '10.0.1.0/24', 'us-east-1b')
group = ec2_calls.group(vpc)
role('vpc')
create('f', place([one, two], [group]), Publish=True)
create('outside')


def texts(told):
    return [(stage['stage'], stage['state'], stage['text']) for stage in told['stages']]


# No way out: the failed stage names the table and the subnet, and its commands make an endpoint, one subnet after the other.
told = explained('f', 'sts')
equal([(name, state) for name, state, _ in texts(told)], [('vpc', 'ok'), ('network', 'failed'), ('network', 'failed')])
first = mend(told)
assert f'in {one} does not reach sts.us-east-1.amazonaws.com: rtb-' in first['text'], first
assert f', the route table of {one}, has no route to 52.94.' in first['text'], first
equal([hop['passes'] for hop in first['hops']].count(False), 1)
for _ in range(4):
    told = explained('f', 'STS')
    if told['works']:
        break
    mend(told)
assert told['works'], told
assert ' through vpce-' in told['stages'][1]['text'], told

# A group that lets nothing out, with its place in the command.
ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
first = mend(explained('f:1', 'sts'))
assert f'No egress rule of {group} lets TCP 443 out to 10.0.' in first['text'], first
assert first['toMend'][0]['what'] == f'Let the security group {group} of the function out to TCP 443.', first
assert explained('f:1', 'sts')['works']

# A full group: another one, in the function's configuration.
sixty = [{'CidrIp': f'192.0.2.{number}/32'} for number in range(60)]
of = ec2_calls.subnet(vpc, '10.0.7.0/24')
ec2.create_route(RouteTableId=ec2.describe_route_tables(Filters=ec2_calls.of(vpc))['RouteTables'][0]['RouteTableId'], DestinationCidrBlock='0.0.0.0/0', GatewayId=ec2_calls.gateway(vpc))
full = ec2_calls.group(vpc, 'full')
ec2.revoke_security_group_egress(GroupId=full, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
ec2.authorize_security_group_egress(GroupId=full, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 1, 'ToPort': 1, 'IpRanges': sixty}])
create('g', place([of], [full]))
told = explained('g', 'sts')
commands = [command for step in told['stages'][1]['toMend'] for command in step['commands']]
assert any(
    command.startswith(f'aws lambda update-function-configuration --function-name g') and f'SubnetIds={of},SecurityGroupIds={full},$group' in command
    for command in commands
), commands
# An internet gateway alone does not help a function.
equal([command for command in commands if 'publicly-accessible' in command], [])

# Outside of a VPC all is open; what does not exist is said; hostile names are names.
equal(texts(explained('outside', 'lambda')), [('vpc', 'ok', f'arn:aws:lambda:us-east-1:{A}:function:outside is in no VPC: it reaches every API and every database here.')])
for function, target, code in (
    ('nope', 'sts', 404),
    ('f', 'nope', 404),
    ("f'; DROP TABLE x; --", 'sts', 404),
    ('f', '../../etc/passwd', 404),
    ('arn:aws:lambda:eu-central-1:000000000000:function:f', 'sts', 404),
    ('', 'sts', 400),
):
    equal(explained(function, target)['status'], code)
