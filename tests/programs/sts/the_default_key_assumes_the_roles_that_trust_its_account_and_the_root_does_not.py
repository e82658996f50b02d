from administrator_steps import *

assumed = lambda key, role: client('sts', *key).assume_role(RoleArn=role, RoleSessionName='s1')['AssumedRoleUser']['Arn']
for number, principal in enumerate([A, f'arn:aws:iam::{A}:root', admin]):
    role = iam.create_role(RoleName=f'trusting-{number}', AssumeRolePolicyDocument=trust({'AWS': principal}))['Role']['Arn']
    for key in (('test',), (A,)):
        equal(assumed(key, role), f'arn:aws:sts::{A}:assumed-role/trusting-{number}/s1')
    if principal != admin:
        fails('AccessDenied', 'Roles may not be assumed by root accounts.', assumed, root, role)
    stranger = 'arn:aws:iam::111122223333:user/local-administrator'
    fails(
        'AccessDenied',
        f'User: {stranger} is not authorized to perform: sts:AssumeRole on resource: {role}',
        assumed,
        ('111122223333',),
        role,
    )
service = iam.create_role(RoleName='of-a-service', AssumeRolePolicyDocument=trust({'Service': 'rds.amazonaws.com'}))['Role']['Arn']
fails('AccessDenied', f'User: {admin} is not authorized to perform: sts:AssumeRole on resource: {service}', assumed, ('test',), service)
