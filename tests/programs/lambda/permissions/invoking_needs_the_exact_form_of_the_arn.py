from lambda_calls import *

arn = function('exact')
key = user('invoker')
caller = client('lambda', credentials=key)


def denied(resource):
    return f'User: arn:aws:iam::{A}:user/invoker is not authorized to perform: lambda:InvokeFunction on resource: {resource} because no identity-based policy allows the lambda:InvokeFunction action'


equal(fails('AccessDeniedException', denied(arn), caller.invoke, FunctionName='exact', InvocationType='DryRun'), 403)
iam.put_user_policy(UserName='invoker', PolicyName='p', PolicyDocument=document(allow('lambda:InvokeFunction', arn)))
equal(caller.invoke(FunctionName='exact', InvocationType='DryRun')['StatusCode'], 204)
fails('AccessDeniedException', denied(arn + ':$LATEST'), caller.invoke, FunctionName='exact', Qualifier='$LATEST', InvocationType='DryRun')
fails('AccessDeniedException', denied(arn.replace('exact', 'other')), caller.invoke, FunctionName='other', InvocationType='DryRun')
