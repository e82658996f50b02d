from recreated_principal_steps import *

arn, id, key = user('guest')
lam.add_permission(FunctionName='f', StatementId='s1', Action='lambda:InvokeFunction', Principal=arn)
call = lambda key: client('lambda', credentials=key).invoke(FunctionName='f', InvocationType='DryRun')
equal(call(key)['StatusCode'], 204)
equal(principals(lam.get_policy(FunctionName='f')['Policy']), [{'AWS': arn}])
arn, second, key = remake('guest')
fails(
    'AccessDeniedException',
    f'User: {arn} is not authorized to perform: lambda:InvokeFunction on resource: {f} because no identity-based policy allows the lambda:InvokeFunction action',
    call,
    key,
)
equal(principals(lam.get_policy(FunctionName='f')['Policy']), [{'AWS': id}])
lam.add_permission(FunctionName='f', StatementId='s2', Action='lambda:InvokeFunction', Principal=arn)
equal(call(key)['StatusCode'], 204)
equal(principals(lam.get_policy(FunctionName='f')['Policy']), [{'AWS': id}, {'AWS': arn}])
for nobody in ('user/nobody', 'role/nobody'):
    fails(
        'InvalidParameterValueException',
        'The provided principal was invalid. Please check the principal and try again.',
        lam.add_permission,
        FunctionName='f',
        StatementId='s3',
        Action='lambda:InvokeFunction',
        Principal=f'arn:aws:iam::{A}:{nobody}',
    )
lam.delete_function(FunctionName='f')
iam.delete_role(RoleName='lam')
