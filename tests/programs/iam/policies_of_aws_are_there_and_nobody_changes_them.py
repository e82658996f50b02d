from calls import *

p = 'arn:aws:iam::aws:policy/'
for name in (
    'service-role/AWSLambdaRole',
    'service-role/AWSLambdaBasicExecutionRole',
    'service-role/AWSLambdaVPCAccessExecutionRole',
    'AWSLambda_FullAccess',
    'AmazonRDSFullAccess',
    'AdministratorAccess',
    'ReadOnlyAccess',
    'AmazonVPCFullAccess',
):
    policy = iam.get_policy(PolicyArn=p + name)['Policy']
    equal(policy['Arn'], p + name)
    assert iam.get_policy_version(PolicyArn=p + name, VersionId=policy['DefaultVersionId'])['PolicyVersion']['Document']['Statement']
basic = iam.get_policy_version(PolicyArn=p + 'service-role/AWSLambdaRole', VersionId='v1')['PolicyVersion']
equal(
    basic['Document'], {'Version': '2012-10-17', 'Statement': [{'Action': ['lambda:InvokeFunction'], 'Resource': ['*'], 'Effect': 'Allow'}]}
)
equal(str(basic['CreateDate']), '2015-02-06 18:41:28+00:00')
assert len(iam.list_policies(Scope='AWS', MaxItems=1000)['Policies']) >= 30
equal(fails('AccessDenied', 'Policy is outside your own account.', iam.delete_policy, PolicyArn=p + 'AdministratorAccess'), 403)
names = [
    x['PolicyName']
    for page in iam.get_paginator('list_policies').paginate(Scope='AWS', PaginationConfig={'PageSize': 7})
    for x in page['Policies']
]
assert len(names) == len(set(names)) >= 30
