from recreated_principal_steps import *


def odd(name):
    user = iam.create_user(UserName=name, Path='/a"b\\c<&/')['User']
    return user['Arn'], user['UserId'], iam.create_access_key(UserName=name)['AccessKey']


arn, id, key = odd('odd')
lam.add_permission(FunctionName='f', StatementId='s1', Action='lambda:InvokeFunction', Principal=arn)
call = lambda key: client('lambda', credentials=key).invoke(FunctionName='f', InvocationType='DryRun')
equal(call(key)['StatusCode'], 204)
iam.delete_access_key(UserName='odd', AccessKeyId=key['AccessKeyId'])
iam.delete_user(UserName='odd')
arn, second, key = odd('odd')
fails(
    'AccessDeniedException',
    f'User: {arn} is not authorized to perform: lambda:InvokeFunction on resource: {f} because no identity-based policy allows the lambda:InvokeFunction action',
    call,
    key,
)
equal(principals(lam.get_policy(FunctionName='f')['Policy']), [{'AWS': id}])
lam.delete_function(FunctionName='f')
iam.delete_role(RoleName='lam')
