from calls import *

A = '444455556666'
iam.create_user(UserName='carol')
key = iam.create_access_key(UserName='carol')['AccessKey']
carol = client('sts', credentials=key)
role = iam.create_role(RoleName='tagged', AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:user/carol'}))['Role']['Arn']
tags = [{'Key': 'team', 'Value': 'red'}]
fails(
    'AccessDenied',
    f'User: arn:aws:iam::{A}:user/carol is not authorized to perform: sts:TagSession on resource: {role}',
    carol.assume_role,
    RoleArn=role,
    RoleSessionName='ss',
    Tags=tags,
)
iam.update_assume_role_policy(
    RoleName='tagged',
    PolicyDocument=document(
        dict(
            Effect='Allow',
            Principal={'AWS': f'arn:aws:iam::{A}:user/carol'},
            Action=['sts:AssumeRole', 'sts:TagSession'],
            Condition={'StringLike': {'aws:RequestTag/team': '*'}},
        )
    ),
)
iam.put_role_policy(
    RoleName='tagged', PolicyName='p', PolicyDocument=document(allow('iam:GetUser', 'arn:aws:iam::*:user/${aws:PrincipalTag/team}'))
)
red = client('iam', credentials=carol.assume_role(RoleArn=role, RoleSessionName='ss', Tags=tags)['Credentials'])
iam.create_user(UserName='red')
iam.create_user(UserName='blue')
red.get_user(UserName='red')
try:
    red.get_user(UserName='blue')
    raise AssertionError('blue is not red')
except ClientError as e:
    equal(e.response['Error']['Code'], 'AccessDenied')
