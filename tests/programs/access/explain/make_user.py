from calls import *

name = sys.argv[1]
try:
    iam.create_user(UserName='target')
except ClientError:
    pass
iam.create_user(UserName=name)
match name:
    case 'nothing':
        pass
    case 'named':
        iam.put_user_policy(UserName=name, PolicyName='AllowGetUser', PolicyDocument=document(allow('iam:ListUsers')))
    case 'denied':
        iam.put_user_policy(UserName=name, PolicyName='p', PolicyDocument=document(allow('iam:*'), deny('iam:Get*')))
    case 'only-denied':
        iam.put_user_policy(UserName=name, PolicyName='p', PolicyDocument=document(deny('*')))
    case 'group':
        iam.create_group(GroupName='g')
        iam.add_user_to_group(GroupName='g', UserName=name)
        iam.put_group_policy(GroupName='g', PolicyName='p', PolicyDocument=document(deny('iam:GetUser')))
    case 'managed':
        arn = iam.create_policy(PolicyName='m', PolicyDocument=document(allow('iam:*'), deny('*')))['Policy']['Arn']
        iam.attach_user_policy(UserName=name, PolicyArn=arn)
    case 'bounded':
        arn = iam.create_policy(PolicyName='b', PolicyDocument=document(allow('s3:*')))['Policy']['Arn']
        iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=arn)
    case 'aws-bounded':
        iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
    case _:
        raise AssertionError(f'no setting is called {name}')
