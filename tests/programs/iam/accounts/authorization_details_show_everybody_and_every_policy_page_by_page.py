from calls import *

mine = client('iam', '333344445555')
arn = mine.create_policy(PolicyName='own', PolicyDocument=document(allow('s3:*')))['Policy']['Arn']
mine.create_group(GroupName='g')
mine.put_group_policy(GroupName='g', PolicyName='inline', PolicyDocument=document(allow('sqs:*')))
mine.create_user(UserName='u', Tags=[{'Key': 'k', 'Value': 'v'}])
mine.add_user_to_group(GroupName='g', UserName='u')
mine.attach_user_policy(UserName='u', PolicyArn=arn)
mine.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
mine.attach_role_policy(RoleName='r', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
everything = mine.get_account_authorization_details()
user, group, role = everything['UserDetailList'][0], everything['GroupDetailList'][0], everything['RoleDetailList'][0]
equal(
    (user['UserName'], user['GroupList'], user['AttachedManagedPolicies'][0]['PolicyArn'], user['Tags']),
    ('u', ['g'], arn, [{'Key': 'k', 'Value': 'v'}]),
)
assert sorted(user) == [
    'Arn',
    'AttachedManagedPolicies',
    'CreateDate',
    'GroupList',
    'Path',
    'Tags',
    'UserId',
    'UserName',
    'UserPolicyList',
], sorted(user)
assert sorted(group) == ['Arn', 'AttachedManagedPolicies', 'CreateDate', 'GroupId', 'GroupName', 'GroupPolicyList', 'Path'], sorted(group)
assert sorted(role) == [
    'Arn',
    'AssumeRolePolicyDocument',
    'AttachedManagedPolicies',
    'CreateDate',
    'InstanceProfileList',
    'Path',
    'RoleId',
    'RoleLastUsed',
    'RoleName',
    'RolePolicyList',
    'Tags',
], sorted(role)
equal(group['GroupPolicyList'], [{'PolicyName': 'inline', 'PolicyDocument': json.loads(document(allow('sqs:*')))}])
assert role['RoleName'] == 'r' and role['AssumeRolePolicyDocument']['Statement'][0]['Principal'] == {'Service': 'lambda.amazonaws.com'}
policies = {p['PolicyName']: p for p in everything['Policies']}
assert sorted(policies) == ['AWSLambdaRole', 'own'] and policies['own']['AttachmentCount'] == 1
assert (
    mine.get_policy(PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')['Policy']['AttachmentCount']
    == policies['AWSLambdaRole']['AttachmentCount']
    == 1
)
equal(policies['own']['PolicyVersionList'][0]['Document'], json.loads(document(allow('s3:*'))))
equal(everything['IsTruncated'], False)
only = mine.get_account_authorization_details(Filter=['LocalManagedPolicy'])
assert [p['PolicyName'] for p in only['Policies']] == ['own'] and only['UserDetailList'] == only['RoleDetailList'] == only[
    'GroupDetailList'
] == []
pages = [p for p in mine.get_paginator('get_account_authorization_details').paginate(PaginationConfig={'PageSize': 1})]
count = lambda p: sum(len(p[l]) for l in ('UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'))
assert [count(p) for p in pages] == [1] * 5, [count(p) for p in pages]
