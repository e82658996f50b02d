from recreated_principal_steps import *

role = lambda: iam.create_role(RoleName='worker', AssumeRolePolicyDocument=trust({'AWS': A}))['Role']['Arn']
assume = lambda: client('lambda', credentials=sts.assume_role(RoleArn=arn, RoleSessionName='s1')['Credentials'])
call = lambda session: session.invoke(FunctionName='f', InvocationType='DryRun')
arn = role()
old = assume()
iam.delete_role(RoleName='worker')
role()
new = assume()
lam.add_permission(FunctionName='f', StatementId='s1', Action='lambda:InvokeFunction', Principal=arn)
equal(call(new)['StatusCode'], 204)
session = f'arn:aws:sts::{A}:assumed-role/worker/s1'
denied = f'User: {session} is not authorized to perform: lambda:InvokeFunction on resource: {f} because no identity-based policy allows the lambda:InvokeFunction action'
fails('AccessDeniedException', denied, call, old)
lam.add_permission(FunctionName='f', StatementId='s2', Action='lambda:InvokeFunction', Principal=session)
equal(call(new)['StatusCode'], 204)
fails('AccessDeniedException', denied, call, old)
lam.delete_function(FunctionName='f')
iam.delete_role(RoleName='lam')
