from calls import *

A = '444455556666'
arn = iam.create_policy(PolicyName='Versions', PolicyDocument=document(allow('s3:*')), Path='/a/', Tags=[{'Key': 'k', 'Value': 'v'}])[
    'Policy'
]['Arn']
equal(arn, f'arn:aws:iam::{A}:policy/a/Versions')
equal(
    fails(
        'EntityAlreadyExists',
        'A policy called VERSIONS already exists. Duplicate names are not allowed.',
        iam.create_policy,
        PolicyName='VERSIONS',
        PolicyDocument=document(allow('s3:*')),
    ),
    409,
)
for n in range(2, 6):
    made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(allow(f's3:Get{n}')), SetAsDefault=n == 3)['PolicyVersion']
    assert made['VersionId'] == f'v{n}' and made['IsDefaultVersion'] == (n == 3) and 'Document' not in made
fails(
    'LimitExceeded',
    'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    iam.create_policy_version,
    PolicyArn=arn,
    PolicyDocument=document(allow('s3:*')),
)
listed = iam.list_policy_versions(PolicyArn=arn)['Versions']
equal([v['VersionId'] for v in listed], ['v5', 'v4', 'v3', 'v2', 'v1'])
equal(iam.get_policy_version(PolicyArn=arn, VersionId='v2')['PolicyVersion']['Document']['Statement'][0]['Action'], 's3:Get2')
equal(iam.get_policy(PolicyArn=arn)['Policy']['DefaultVersionId'], 'v3')
fails('DeleteConflict', 'Cannot delete the default version of a policy.', iam.delete_policy_version, PolicyArn=arn, VersionId='v3')
fails(
    'DeleteConflict',
    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    iam.delete_policy,
    PolicyArn=arn,
)
for n in (1, 2, 4, 5):
    iam.delete_policy_version(PolicyArn=arn, VersionId=f'v{n}')
fails(
    'NoSuchEntity', f'Policy {arn} version v2 does not exist or is not attachable.', iam.get_policy_version, PolicyArn=arn, VersionId='v2'
)
equal(iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(allow('s3:*')))['PolicyVersion']['VersionId'], 'v6')
iam.delete_policy_version(PolicyArn=arn, VersionId='v6')
iam.create_user(UserName='carrier')
iam.attach_user_policy(UserName='carrier', PolicyArn=arn)
equal(iam.get_policy(PolicyArn=arn)['Policy']['AttachmentCount'], 1)
equal([u['UserName'] for u in iam.list_entities_for_policy(PolicyArn=arn)['PolicyUsers']], ['carrier'])
fails('DeleteConflict', 'Cannot delete a policy attached to entities.', iam.delete_policy, PolicyArn=arn)
iam.detach_user_policy(UserName='carrier', PolicyArn=arn)
fails('NoSuchEntity', f'Policy {arn} was not found.', iam.detach_user_policy, UserName='carrier', PolicyArn=arn)
iam.delete_policy(PolicyArn=arn)
fails('NoSuchEntity', f'Policy {arn} was not found.', iam.get_policy, PolicyArn=arn)
long = document(*[allow(f's3:Get{n}' + 'x' * 60) for n in range(60)])
fails('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', iam.create_policy, PolicyName='Long', PolicyDocument=long)
spaced = document(allow('s3:*')).replace(' ', ' ' * 3000)
iam.create_policy(PolicyName='Spaced', PolicyDocument=spaced)
fails(
    'MalformedPolicyDocument',
    'Policy statement must contain resources.',
    iam.create_policy,
    PolicyName='Bad',
    PolicyDocument=document(dict(Effect='Allow', Action='s3:*')),
)
fails(
    'ValidationError',
    "The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
    iam.create_policy,
    PolicyName='a b',
    PolicyDocument=document(allow('s3:*')),
)
iam.tag_policy(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced', Tags=[{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': '2'}])
iam.tag_policy(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced', Tags=[{'Key': 'A', 'Value': '3'}])
iam.untag_policy(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced', TagKeys=['b'])
equal(iam.list_policy_tags(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced')['Tags'], [{'Key': 'A', 'Value': '3'}])
