from vpc_calls import *

vpc = ec2_calls.vpc()
one, two = ec2_calls.subnet(vpc, '10.0.0.0/24'), ec2_calls.subnet(vpc, '10.0.1.0/24')
group, another = ec2_calls.group(vpc), ec2_calls.group(vpc, 'another')
role('vpc')

create('first', place([one, two], [group, another]))
made = interfaces(vpc_id=vpc)
equal(sorted(i['SubnetId'] for i in made), sorted([one, two]))
for i in made:
    assert i['Description'].startswith('AWS Lambda VPC ENI-first-'), i
    equal(len(i['Description']), len('AWS Lambda VPC ENI-first-') + 36)
    equal((i['InterfaceType'], i['RequesterManaged'], i['Status']), ('lambda', True, 'in-use'))
    equal(sorted(g['GroupId'] for g in i['Groups']), sorted([group, another]))
    equal((i['Attachment']['InstanceOwnerId'], i['Attachment']['Status']), ('amazon-aws', 'attached'))

# A set of groups has no order; a subset of it is another set.
create('second', place([one], [another, group]))
equal(interfaces(vpc_id=vpc), made)
create('third', place([one], [group]), Publish=True)
equal([i['InterfaceType'] for i in interfaces(vpc_id=vpc)], ['lambda'] * 3)

# Nobody but Lambda changes them.
own = made[0]
eni = own['NetworkInterfaceId']
equal(
    ec2_calls.refused('delete_network_interface', NetworkInterfaceId=eni),
    f"400 InvalidParameterValue: Network interface '{eni}' is currently in use.",
)
equal(
    ec2_calls.refused('detach_network_interface', AttachmentId=own['Attachment']['AttachmentId']),
    "400 OperationNotPermitted: You are not allowed to manage 'ela-attach' attachments.",
)
assert '400 AuthFailure' in ec2_calls.refused(
    'modify_network_interface_attribute', NetworkInterfaceId=eni, Groups=[group]
) or 'OperationNotPermitted' in ec2_calls.refused('modify_network_interface_attribute', NetworkInterfaceId=eni, Groups=[group])

# Deleting what is in use is refused until the last version of the last function is gone.
def in_use(operation, **named):
    text = ec2_calls.refused(operation, **named)
    assert text.startswith('400 DependencyViolation: '), text


lam.delete_function(FunctionName='first')
equal([i['SubnetId'] for i in interfaces(vpc_id=vpc)], [one, one])
ec2.delete_subnet(SubnetId=two)
in_use('delete_subnet', SubnetId=one)
in_use('delete_security_group', GroupId=another)
lam.update_function_configuration(FunctionName='second', VpcConfig=place([], []))
ec2.delete_security_group(GroupId=another)
lam.update_function_configuration(FunctionName='third', VpcConfig=place([], []))
in_use('delete_security_group', GroupId=group)  # version 1 of the third
lam.delete_function(FunctionName='third', Qualifier='1')
equal(interfaces(vpc_id=vpc), [])
ec2.delete_security_group(GroupId=group)
ec2.delete_subnet(SubnetId=one)
ec2.delete_vpc(VpcId=vpc)

# A subnet without a free address, and what is left of a refused creation: nothing.
vpc = ec2_calls.vpc('10.2.0.0/16')
small, large, group = ec2_calls.subnet(vpc, '10.2.0.0/28'), ec2_calls.subnet(vpc, '10.2.1.0/24'), ec2_calls.group(vpc)
for _ in range(11):
    ec2.create_network_interface(SubnetId=small)
equal(
    fails(
        'SubnetIPAddressLimitReachedException',
        'Lambda was not able to set up VPC access for the Lambda function because one or more configured subnets has no available IP addresses.',
        create,
        'full',
        place([large, small], [group]),
    ),
    502,
)
equal(interfaces(vpc_id=vpc), [])
fails('ResourceConflictException', 'Function already exist: second', create, 'second', place([large], [group]))
equal(interfaces(vpc_id=vpc), [])
