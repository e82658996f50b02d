from calls import *

role = iam.create_role(RoleName='wide', AssumeRolePolicyDocument=trust({'AWS': '444455556666'}))['Role']['Arn']
iam.attach_role_policy(RoleName='wide', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
limit = iam.create_policy(PolicyName='limit', PolicyDocument=document(dict(Effect='Allow', Action='iam:ListRoles', Resource='*')))[
    'Policy'
]['Arn']
session = client('iam', credentials=sts.assume_role(RoleArn=role, RoleSessionName='s1', PolicyArns=[{'arn': limit}])['Credentials'])
session.list_roles()
user = 'User: arn:aws:sts::444455556666:assumed-role/wide/s1 is not authorized to perform: '
why = ' on resource: arn:aws:iam::444455556666:{} because no session policy allows the {} action'
fails('AccessDenied', user + 'iam:ListUsers' + why.format('user/', 'iam:ListUsers'), session.list_users)
iam.delete_policy(PolicyArn=limit)
fails('AccessDenied', user + 'iam:ListUsers' + why.format('user/', 'iam:ListUsers'), session.list_users)
fails('AccessDenied', user + 'iam:ListRoles' + why.format('role/', 'iam:ListRoles'), session.list_roles)
