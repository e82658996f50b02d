from calls import *

A = '444455556666'
ec2 = trust({'Service': 'ec2.amazonaws.com'})
role = iam.create_role(
    RoleName='Life',
    AssumeRolePolicyDocument=ec2,
    Description='d',
    MaxSessionDuration=4000,
    PermissionsBoundary='arn:aws:iam::aws:policy/AdministratorAccess',
)['Role']
assert role['RoleId'].startswith('AROA') and len(role['RoleId']) == 21 and 'MaxSessionDuration' not in role
fails('EntityAlreadyExists', 'Role with name LIFE already exists.', iam.create_role, RoleName='LIFE', AssumeRolePolicyDocument=ec2)
got = iam.get_role(RoleName='life')['Role']
assert (
    got['MaxSessionDuration'] == 4000
    and got['Description'] == 'd'
    and got['PermissionsBoundary']['PermissionsBoundaryArn'].endswith('AdministratorAccess')
)
fails('NoSuchEntity', 'The role with name none cannot be found.', iam.get_role, RoleName='none')
fails(
    'MalformedPolicyDocument',
    f'Invalid principal in policy: "AWS":"arn:aws:iam::{A}:role/ghost"',
    iam.create_role,
    RoleName='x',
    AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:role/ghost'}),
)
fails(
    'MalformedPolicyDocument',
    'Has prohibited field Resource',
    iam.create_role,
    RoleName='x',
    AssumeRolePolicyDocument=document(dict(Effect='Allow', Principal='*', Action='sts:AssumeRole', Resource='*')),
)
fails(
    'LimitExceeded',
    'Cannot exceed quota for ACLSizePerRole: 2048',
    iam.create_role,
    RoleName='x',
    AssumeRolePolicyDocument=trust({'AWS': ['444455556666'] * 200}),
)
equal(
    fails(
        'ValidationError',
        "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
        iam.create_role,
        RoleName='x',
        AssumeRolePolicyDocument=ec2,
        MaxSessionDuration=10,
    ),
    400,
)

iam.attach_role_policy(RoleName='Life', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
iam.attach_role_policy(RoleName='Life', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
equal(
    iam.list_attached_role_policies(RoleName='Life')['AttachedPolicies'],
    [{'PolicyName': 'AWSLambdaRole', 'PolicyArn': 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole'}],
)
fails('DeleteConflict', 'Cannot delete entity, must detach all policies first.', iam.delete_role, RoleName='Life')
iam.detach_role_policy(RoleName='Life', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
for n in range(10):
    iam.attach_role_policy(
        RoleName='Life', PolicyArn=iam.create_policy(PolicyName=f'ten{n}', PolicyDocument=document(allow('s3:*')))['Policy']['Arn']
    )
fails(
    'LimitExceeded',
    'Cannot exceed quota for PoliciesPerRole: 10',
    iam.attach_role_policy,
    RoleName='Life',
    PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess',
)
for n in range(10):
    iam.detach_role_policy(RoleName='Life', PolicyArn=f'arn:aws:iam::{A}:policy/ten{n}')
iam.put_role_policy(RoleName='Life', PolicyName='in', PolicyDocument=document(allow('s3:*')))
fails(
    'LimitExceeded',
    'Maximum policy size of 10240 bytes exceeded for role Life',
    iam.put_role_policy,
    RoleName='Life',
    PolicyName='big',
    PolicyDocument=document(*[allow('s3:' + 'x' * 100) for n in range(100)]),
)
equal(iam.list_role_policies(RoleName='Life')['PolicyNames'], ['in'])
fails('NoSuchEntity', 'The role policy with name out cannot be found.', iam.get_role_policy, RoleName='Life', PolicyName='out')
fails('DeleteConflict', 'Cannot delete entity, must delete policies first.', iam.delete_role, RoleName='Life')
iam.delete_role_policy(RoleName='Life', PolicyName='in')
profile = iam.create_instance_profile(InstanceProfileName='Life')['InstanceProfile']
assert profile['InstanceProfileId'].startswith('AIPA') and profile['Roles'] == []
iam.add_role_to_instance_profile(InstanceProfileName='Life', RoleName='Life')
fails(
    'LimitExceeded',
    'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    iam.add_role_to_instance_profile,
    InstanceProfileName='Life',
    RoleName='Life',
)
equal([p['InstanceProfileName'] for p in iam.list_instance_profiles_for_role(RoleName='Life')['InstanceProfiles']], ['Life'])
fails('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.', iam.delete_role, RoleName='Life')
iam.remove_role_from_instance_profile(InstanceProfileName='Life', RoleName='Life')
iam.delete_instance_profile(InstanceProfileName='Life')
iam.update_role(RoleName='Life', Description='e')
equal(iam.get_role(RoleName='Life')['Role']['Description'], 'e')
iam.tag_role(RoleName='Life', Tags=[{'Key': 'k', 'Value': 'v'}])
equal(iam.list_role_tags(RoleName='Life')['Tags'], [{'Key': 'k', 'Value': 'v'}])
fails(
    'InvalidInput',
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    iam.tag_role,
    RoleName='Life',
    Tags=[{'Key': 'k', 'Value': 'v'}, {'Key': 'K', 'Value': 'v'}],
)
iam.untag_role(RoleName='Life', TagKeys=['k'])

iam.create_role(RoleName='Trusted', AssumeRolePolicyDocument=ec2)
old = iam.get_role(RoleName='Trusted')['Role']
iam.update_assume_role_policy(RoleName='Life', PolicyDocument=trust({'AWS': old['Arn']}))
shown = lambda: iam.get_role(RoleName='Life')['Role']['AssumeRolePolicyDocument']['Statement'][0]['Principal']['AWS']
equal(shown(), old['Arn'])
iam.delete_role(RoleName='Trusted')
equal(shown(), old['RoleId'])
iam.create_role(RoleName='Trusted', AssumeRolePolicyDocument=ec2)
equal(shown(), old['RoleId'])
iam.delete_role(RoleName='Life')
iam.create_service_linked_role(AWSServiceName='rds.amazonaws.com')
fails(
    'UnmodifiableEntity',
    "Cannot perform the operation on the protected role 'AWSServiceRoleForRDS' - this role is only modifiable by AWS",
    iam.delete_role,
    RoleName='AWSServiceRoleForRDS',
)
