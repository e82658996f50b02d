from lambda_calls import *

arn = function('each')
lam.publish_version(FunctionName='each')
for alias in 'live', 'beta':
    lam.create_alias(FunctionName='each', Name=alias, FunctionVersion='1')
caller = client('lambda', credentials=user('each-caller'))
qualifiers = None, '$LATEST', '1', 'live', 'beta'


def named(qualifier):
    return {} if qualifier is None else {'Qualifier': qualifier}


def may():
    """The qualifiers with which the caller may invoke."""
    allowed = []
    for qualifier in qualifiers:
        try:
            caller.invoke(FunctionName='each', InvocationType='DryRun', **named(qualifier))
            allowed.append(qualifier)
        except ClientError as error:
            resource = arn if qualifier is None else f'{arn}:{qualifier}'
            assert f'lambda:InvokeFunction on resource: {resource} because no ' in error.response['Error']['Message'], error
    return allowed


# A policy of a function, version or alias counts for calls with exactly that qualifier.
for qualifier in None, '1', 'live':
    resource = arn if qualifier is None else f'{arn}:{qualifier}'
    added = lam.add_permission(
        FunctionName='each',
        StatementId='s',
        Action='lambda:InvokeFunction',
        Principal=f'arn:aws:iam::{A}:user/each-caller',
        **named(qualifier),
    )
    equal(json.loads(added['Statement'])['Resource'], resource)
    equal(json.loads(lam.get_policy(FunctionName='each', **named(qualifier))['Policy'])['Statement'][0]['Resource'], resource)
    equal(may(), [qualifier])
    lam.remove_permission(FunctionName='each', StatementId='s', **named(qualifier))
    equal(may(), [])

# A policy of a user names the function, one of its versions or aliases, or all of them.
for resource, allowed in (
    (arn, [None]),
    (arn + ':1', ['1']),
    (arn + ':live', ['live']),
    (arn + ':*', ['$LATEST', '1', 'live', 'beta']),
    (arn + '*', list(qualifiers)),
    (arn + ':$LATEST', ['$LATEST']),
):
    iam.put_user_policy(UserName='each-caller', PolicyName='p', PolicyDocument=document(allow('lambda:InvokeFunction', resource)))
    equal(may(), allowed)

# Moving an alias leaves its permissions; a denial of the version does not reach calls of the alias.
iam.put_user_policy(
    UserName='each-caller', PolicyName='p', PolicyDocument=document(allow('lambda:InvokeFunction', arn + '*'), deny('lambda:*', arn + ':1'))
)
try:
    caller.invoke(FunctionName='each:1', InvocationType='DryRun')
    raise AssertionError('the denial did not count')
except ClientError as error:
    assert 'with an explicit deny in an identity-based policy' in error.response['Error']['Message'], error
equal(caller.invoke(FunctionName='each:live', InvocationType='DryRun')['StatusCode'], 204)

# A revision is that of one policy.
lam.add_permission(FunctionName='each', Qualifier='live', StatementId='one', Action='lambda:InvokeFunction', Principal='s3.amazonaws.com')
revision = lam.get_policy(FunctionName='each', Qualifier='live')['RevisionId']
fails(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
    lam.add_permission,
    FunctionName='each:beta',
    StatementId='one',
    Action='lambda:InvokeFunction',
    Principal='s3.amazonaws.com',
    RevisionId=revision,
)
lam.remove_permission(FunctionName='each:live', StatementId='one', RevisionId=revision)
fails(
    'ResourceNotFoundException',
    'No policy is associated with the given resource.',
    lam.remove_permission,
    FunctionName='each',
    StatementId='one',
    Qualifier='live',
)

# Deleting a version deletes its policy.
lam.add_permission(FunctionName='each', Qualifier='1', StatementId='one', Action='lambda:InvokeFunction', Principal='s3.amazonaws.com')
for alias in 'live', 'beta':
    lam.delete_alias(FunctionName='each', Name=alias)
lam.delete_function(FunctionName='each', Qualifier='1')
fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_policy, FunctionName='each', Qualifier='1')
fails(
    'ResourceNotFoundException',
    f'Function not found: {arn}:valid-with-$-but-doesnotexist',
    lam.add_permission,
    FunctionName='each',
    StatementId='s',
    Action='lambda:*',
    Principal='*',
    Qualifier='valid-with-$-but-doesnotexist',
)
