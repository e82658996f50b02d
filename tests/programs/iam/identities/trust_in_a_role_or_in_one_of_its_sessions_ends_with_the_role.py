from calls import *

A = '444455556666'
role = lambda name, principal: iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'AWS': principal}))['Role']
first = role('caller', A)
byrole, bysession = role('by-role', first['Arn'])['Arn'], role('by-session', f'arn:aws:sts::{A}:assumed-role/caller/s1')['Arn']
escaped = iam.create_role(RoleName='escaped', AssumeRolePolicyDocument=trust({'AWS': first['Arn']}).replace('role/', 'role\\/'))['Role'][
    'Arn'
]


def assume(target):
    c = sts.assume_role(RoleArn=first['Arn'], RoleSessionName='s1')['Credentials']
    return client('sts', credentials=c).assume_role(RoleArn=target, RoleSessionName='s2')


for target in (byrole, bysession, escaped):
    assume(target)
iam.delete_role(RoleName='caller')
again = role('caller', A)
for target in (byrole, bysession, escaped):
    fails(
        'AccessDenied',
        f'User: arn:aws:sts::{A}:assumed-role/caller/s1 is not authorized to perform: sts:AssumeRole on resource: {target}',
        assume,
        target,
    )
shown = lambda name: iam.get_role(RoleName=name)['Role']['AssumeRolePolicyDocument']['Statement'][0]['Principal']['AWS']
equal((shown('by-role'), shown('by-session'), shown('escaped')), (first['RoleId'], first['RoleId'] + ':s1', first['RoleId']))
for nobody in (f'arn:aws:iam::{A}:user/nobody', f'arn:aws:sts::{A}:assumed-role/nobody/s1'):
    fails('MalformedPolicyDocument', f'Invalid principal in policy: "AWS":"{nobody}"', role, 'trusting-nobody', nobody)
