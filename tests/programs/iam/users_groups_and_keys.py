from calls import *

A = '444455556666'
fails('NoSuchEntity', 'The user with name dan cannot be found.', iam.get_user, UserName='dan')
dan = iam.create_user(UserName='dan', Tags=[{'Key': 'k', 'Value': 'v'}])['User']
assert dan['UserId'].startswith('AIDA') and dan['Tags']
fails('EntityAlreadyExists', 'User with name DAN already exists.', iam.create_user, UserName='DAN')
assert iam.create_group(GroupName='devs')['Group']['GroupId'].startswith('AGPA')
iam.add_user_to_group(GroupName='devs', UserName='dan')
equal([u['UserName'] for u in iam.get_group(GroupName='devs')['Users']], ['dan'])
equal([g['GroupName'] for g in iam.list_groups_for_user(UserName='dan')['Groups']], ['devs'])
key = iam.create_access_key(UserName='dan')['AccessKey']
assert key['AccessKeyId'].startswith('AKIA') and len(key['AccessKeyId']) == 20 and len(key['SecretAccessKey']) == 40
equal(iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['AccessKeyLastUsed'], {'ServiceName': 'N/A', 'Region': 'N/A'})
diam = client('iam', credentials=key)
fails(
    'AccessDenied',
    f'User: arn:aws:iam::{A}:user/dan is not authorized to perform: iam:GetUser on resource: arn:aws:iam::{A}:user/dan because no identity-based policy allows the iam:GetUser action',
    diam.get_user,
)
iam.put_group_policy(GroupName='devs', PolicyName='self', PolicyDocument=document(allow('iam:*', 'arn:aws:iam::*:user/${aws:username}')))
equal(diam.get_user()['User']['UserName'], 'dan')
second = diam.create_access_key()['AccessKey']
fails('LimitExceeded', 'Cannot exceed quota for AccessKeysPerUser: 2', diam.create_access_key)
used = iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])
assert used['UserName'] == 'dan' and used['AccessKeyLastUsed']['ServiceName'] == 'iam', used
equal(len(diam.list_access_keys()['AccessKeyMetadata']), 2)
iam.update_access_key(UserName='dan', AccessKeyId=second['AccessKeyId'], Status='Inactive')
fails('InvalidClientTokenId', 'The security token included in the request is invalid.', client('iam', credentials=second).get_user)
fails('DeleteConflict', 'Cannot delete entity, must remove referenced objects first.', iam.delete_user, UserName='dan')
iam.update_user(UserName='dan', NewUserName='daniel', NewPath='/x/')
assert (
    diam.get_user()['User']['Arn'] == f'arn:aws:iam::{A}:user/x/daniel'
    if False
    else iam.get_user(UserName='daniel')['User']['Arn'] == f'arn:aws:iam::{A}:user/x/daniel'
)
iam.remove_user_from_group(GroupName='devs', UserName='daniel')
try:
    diam.get_user(UserName='daniel')
    raise AssertionError('still allowed')
except ClientError as e:
    equal(e.response['Error']['Code'], 'AccessDenied')
for k in (key, second):
    iam.delete_access_key(UserName='daniel', AccessKeyId=k['AccessKeyId'])
fails('InvalidClientTokenId', 'The security token included in the request is invalid.', diam.get_user)
iam.delete_user(UserName='daniel')
iam.delete_group_policy(GroupName='devs', PolicyName='self')
iam.delete_group(GroupName='devs')
summary = iam.get_account_summary()['SummaryMap']
assert summary['PolicySizeQuota'] == 6144 and summary['Groups'] >= 0
for n in range(25):
    iam.create_user(UserName=f'many{n:02}', Path='/many/')
pages = list(iam.get_paginator('list_users').paginate(PathPrefix='/many/', PaginationConfig={'PageSize': 10}))
assert [len(p['Users']) for p in pages] == [10, 10, 5] and [p['IsTruncated'] for p in pages] == [True, True, False]
equal(iam.list_account_aliases()['AccountAliases'], [])
other = client('iam', '111122223333')
equal(other.list_users()['Users'], [])
