from lambda_calls import *

arn = function('shared')
guest = client('lambda', credentials=user('guest'))
fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_policy, FunctionName='shared')
added = lam.add_permission(
    FunctionName='shared', StatementId='guest-1', Action='lambda:InvokeFunction', Principal=f'arn:aws:iam::{A}:user/guest'
)
equal(
    added['Statement'],
    '{"Sid":"guest-1","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:user/guest"},"Action":"lambda:InvokeFunction","Resource":"'
    + arn
    + '"}',
)
equal(guest.invoke(FunctionName='shared', InvocationType='DryRun')['StatusCode'], 204)
equal(
    fails(
        'ResourceConflictException',
        'The statement id (guest-1) provided already exists. Please provide a new statement id, or remove the existing statement.',
        lam.add_permission,
        FunctionName='shared',
        StatementId='guest-1',
        Action='lambda:*',
        Principal='*',
    ),
    409,
)
events = json.loads(
    lam.add_permission(
        FunctionName='shared',
        StatementId='events',
        Action='lambda:InvokeFunction',
        Principal='events.amazonaws.com',
        SourceArn=f'arn:aws:events:us-east-1:{A}:rule/x',
        SourceAccount=A,
    )['Statement']
)
equal(events['Principal'], {'Service': 'events.amazonaws.com'})
equal(events['Condition'], {'StringEquals': {'AWS:SourceAccount': A}, 'ArnLike': {'AWS:SourceArn': f'arn:aws:events:us-east-1:{A}:rule/x'}})
policy = lam.get_policy(FunctionName='shared')
document_ = json.loads(policy['Policy'])
assert (
    document_['Version'] == '2012-10-17'
    and document_['Id'] == 'default'
    and [s['Sid'] for s in document_['Statement']] == ['guest-1', 'events']
)
fails(
    'InvalidParameterValueException',
    'The provided principal was invalid. Please check the principal and try again.',
    lam.add_permission,
    FunctionName='shared',
    StatementId='bad',
    Action='lambda:*',
    Principal='nobody',
)
fails(
    'InvalidParameterValueException',
    'We currently do not support adding policies for $LATEST.',
    lam.add_permission,
    FunctionName='shared',
    StatementId='l',
    Action='lambda:*',
    Principal='*',
    Qualifier='$LATEST',
)
fails(
    'ResourceNotFoundException',
    arn.replace('shared', 'none') and 'Function not found: ' + arn.replace('shared', 'none'),
    lam.add_permission,
    FunctionName='none',
    StatementId='l',
    Action='lambda:*',
    Principal='*',
)
equal(
    fails(
        'PreconditionFailedException',
        'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
        lam.remove_permission,
        FunctionName='shared',
        StatementId='events',
        RevisionId='x',
    ),
    412,
)
lam.remove_permission(FunctionName='shared', StatementId='events', RevisionId=policy['RevisionId'])
fails(
    'ResourceNotFoundException',
    'Statement events is not found in resource policy.',
    lam.remove_permission,
    FunctionName='shared',
    StatementId='events',
)

other = client('lambda', '111122223333')
fails(
    'AccessDeniedException',
    f'User: arn:aws:iam::111122223333:user/local-administrator is not authorized to perform: lambda:InvokeFunction on resource: {arn} because no resource-based policy allows the lambda:InvokeFunction action',
    other.invoke,
    FunctionName=arn,
    InvocationType='DryRun',
)
lam.add_permission(FunctionName='shared', StatementId='neighbour', Action='lambda:InvokeFunction', Principal='111122223333')
equal(other.invoke(FunctionName=arn, InvocationType='DryRun')['StatusCode'], 204)
lam.delete_function(FunctionName='shared')
function('shared')
fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_policy, FunctionName='shared')
fails(
    'ResourceNotFoundException',
    'No policy is associated with the given resource.',
    lam.remove_permission,
    FunctionName='shared',
    StatementId='guest-1',
)
fails(
    'ResourceNotFoundException',
    'No policy found for: ' + arn.replace('shared', 'none'),
    lam.remove_permission,
    FunctionName='none',
    StatementId='x',
)
