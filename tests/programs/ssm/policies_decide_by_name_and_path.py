from calls import *

root = client('ssm')
prefix = 'arn:aws:ssm:us-east-1:444455556666:parameter'
for name in '/mine/a', '/mine/b/c', '/other':
    root.put_parameter(Name=name, Value='v', Type='String', Tags=[dict(Key='team', Value='red')])
client('secretsmanager').create_secret(Name='referenced', SecretString='s')
user = iam.create_user(UserName='parameters')['User']['Arn']
ssm = client('ssm', credentials=iam.create_access_key(UserName='parameters')['AccessKey'])


def grant(*statements):
    iam.put_user_policy(UserName='parameters', PolicyName='p', PolicyDocument=document(*statements))


def denied(action, resource, call, **parameters):
    reason = f'because no identity-based policy allows the {action} action'
    text = f'User: {user} is not authorized to perform: {action} on resource: {resource} {reason}'
    equal(fails('AccessDeniedException', text, call, **parameters), 400)


denied('ssm:GetParameter', f'{prefix}/other', ssm.get_parameter, Name='other:1')
denied('ssm:GetParametersByPath', f'{prefix}/mine', ssm.get_parameters_by_path, Path='/mine/')
denied('ssm:DescribeParameters', 'arn:aws:ssm:us-east-1:444455556666:*', ssm.describe_parameters)
grant(allow(['ssm:GetParameter', 'ssm:GetParameters'], f'{prefix}/mine/*'), allow('ssm:GetParametersByPath', f'{prefix}/mine'))
equal(ssm.get_parameter(Name='/mine/a')['Parameter']['Value'], 'v')
denied('ssm:GetParameters', f'{prefix}/other', ssm.get_parameters, Names=['/mine/a', 'other'])
equal(len(ssm.get_parameters_by_path(Path='/mine', Recursive=True)['Parameters']), 2)
grant(allow('ssm:*', Condition={'StringEquals': {'aws:ResourceTag/team': 'red'}}))
equal(ssm.get_parameter(Name='other')['Parameter']['Value'], 'v')
denied('ssm:PutParameter', f'{prefix}/new', ssm.put_parameter, Name='new', Value='v', Type='String')
grant(allow('ssm:PutParameter'))
tag = [dict(Key='k', Value='v')]
denied('ssm:AddTagsToResource', f'{prefix}/new', ssm.put_parameter, Name='new', Value='v', Type='String', Tags=tag)
grant(allow('ssm:GetParameter'))
reference = dict(Name='/aws/reference/secretsmanager/referenced', WithDecryption=True)
denied('secretsmanager:GetSecretValue', 'referenced', ssm.get_parameter, **reference)
grant(allow(['ssm:GetParameter', 'secretsmanager:GetSecretValue']))
equal(ssm.get_parameter(**reference)['Parameter']['Value'], 's')
