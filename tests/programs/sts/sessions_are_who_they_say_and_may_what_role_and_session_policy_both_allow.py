from calls import *

A = '444455556666'
alice = iam.create_user(UserName='alice', Path='/staff/')['User']
key = iam.create_access_key(UserName='alice')['AccessKey']
asts = client('sts', credentials=key)
me = asts.get_caller_identity()
equal((me['UserId'], me['Arn'], me['Account']), (alice['UserId'], f'arn:aws:iam::{A}:user/staff/alice', A))

role = iam.create_role(
    RoleName='worker',
    Path='/deep/er/',
    AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:user/staff/alice'}, Condition={'StringEquals': {'sts:ExternalId': 'secret'}}),
    MaxSessionDuration=7200,
)['Role']
denied = f'User: arn:aws:iam::{A}:user/staff/alice is not authorized to perform: sts:AssumeRole on resource: '
equal(fails('AccessDenied', denied + role['Arn'], asts.assume_role, RoleArn=role['Arn'], RoleSessionName='s1'), 403)
fails('AccessDenied', denied + role['Arn'], asts.assume_role, RoleArn=role['Arn'], RoleSessionName='s1', ExternalId='wrong')
missing = f'arn:aws:iam::{A}:role/none'
fails('AccessDenied', denied + missing, asts.assume_role, RoleArn=missing, RoleSessionName='s1')
fails(
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    asts.assume_role,
    RoleArn=role['Arn'],
    RoleSessionName='s1',
    ExternalId='secret',
    DurationSeconds=7201,
)

answer = asts.assume_role(RoleArn=role['Arn'], RoleSessionName='s1', ExternalId='secret', DurationSeconds=7200)
assert 'PackedPolicySize' not in answer
equal(answer['AssumedRoleUser'], {'AssumedRoleId': role['RoleId'] + ':s1', 'Arn': f'arn:aws:sts::{A}:assumed-role/worker/s1'})
c = answer['Credentials']
assert c['AccessKeyId'].startswith('ASIA') and len(c['AccessKeyId']) == 20 and len(c['SecretAccessKey']) == 40
me = client('sts', credentials=c).get_caller_identity()
equal((me['UserId'], me['Arn']), (role['RoleId'] + ':s1', f'arn:aws:sts::{A}:assumed-role/worker/s1'))
fails(
    'InvalidClientTokenId',
    'The security token included in the request is invalid',
    client('sts', c['AccessKeyId'], c['SecretAccessKey']).get_caller_identity,
)

user = f'User: arn:aws:sts::{A}:assumed-role/worker/s1 is not authorized to perform: iam:GetRole on resource: {role["Arn"]} '
siam = client('iam', credentials=c)
fails('AccessDenied', user + 'because no identity-based policy allows the iam:GetRole action', siam.get_role, RoleName='worker')
iam.put_role_policy(RoleName='worker', PolicyName='p', PolicyDocument=document(allow('iam:Get*')))
siam.get_role(RoleName='worker')
limited = asts.assume_role(RoleArn=role['Arn'], RoleSessionName='s1', ExternalId='secret', Policy=document(allow('iam:ListRoles')))
assert limited['PackedPolicySize'] > 0
liam = client('iam', credentials=limited['Credentials'])
fails('AccessDenied', user + 'because no session policy allows the iam:GetRole action', liam.get_role, RoleName='worker')
fails(
    'AccessDenied',
    f'User: arn:aws:sts::{A}:assumed-role/worker/s1 is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::{A}:role/ '
    'because no identity-based policy allows the iam:ListRoles action',
    liam.list_roles,
)
iam.put_role_permissions_boundary(RoleName='worker', PermissionsBoundary='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
fails('AccessDenied', user + 'because no permissions boundary allows the iam:GetRole action', siam.get_role, RoleName='worker')
iam.delete_role_permissions_boundary(RoleName='worker')
iam.put_role_policy(RoleName='worker', PolicyName='q', PolicyDocument=document(deny('iam:GetRole')))
fails('AccessDenied', user + 'with an explicit deny in an identity-based policy', siam.get_role, RoleName='worker')
iam.delete_role_policy(RoleName='worker', PolicyName='q')
siam.get_role(RoleName='worker')
iam.delete_role_policy(RoleName='worker', PolicyName='p')
iam.delete_role(RoleName='worker')
fails(
    'AccessDenied',
    f'User: arn:aws:sts::{A}:assumed-role/worker/s1 is not authorized to perform: iam:GetRole on resource: arn:aws:iam::{A}:role/worker '
    'because no identity-based policy allows the iam:GetRole action',
    siam.get_role,
    RoleName='worker',
)
