from version_steps import *

function('moved')
lam.publish_version(FunctionName='moved')
lam.update_function_code(FunctionName='moved', ZipFile=code('two'))
ready('moved')
lam.publish_version(FunctionName='moved')

made = lam.create_alias(FunctionName='moved', Name='live', FunctionVersion='1', Description='custom-alias')
equal(
    {name: made[name] for name in made if name not in ('ResponseMetadata', 'RevisionId')},
    {'AliasArn': ARN + 'moved:live', 'Name': 'live', 'FunctionVersion': '1', 'Description': 'custom-alias'},
)
equal(lam.get_alias(FunctionName=ARN + 'moved', Name='live')['RevisionId'], made['RevisionId'])

# What an alias shows is its version under the name of the alias, however the request names it.
one = lam.get_function_configuration(FunctionName='moved', Qualifier='1')
for named in (dict(FunctionName='moved', Qualifier='live'), dict(FunctionName='moved:live'), dict(FunctionName=f'{A}:function:moved:live'),
              dict(FunctionName=ARN + 'moved:live'), dict(FunctionName=ARN + 'moved:live', Qualifier='live')):
    shown = lam.get_function_configuration(**named)
    equal(shown['FunctionArn'], ARN + 'moved:live')
    equal({**configuration(shown), 'FunctionArn': ''}, {**configuration(one), 'FunctionArn': ''})
equal(
    fails(
        'InvalidParameterValueException',
        'The derived qualifier from the function name does not match the specified qualifier.',
        lam.get_function_configuration,
        FunctionName='moved:live',
        Qualifier='1',
    ),
    400,
)

# Moving it: what is not given stays, each change is a new revision.
moved = lam.update_alias(FunctionName='moved', Name='live', FunctionVersion='2', RevisionId=made['RevisionId'])
equal((moved['FunctionVersion'], moved['Description']), ('2', 'custom-alias'))
assert moved['RevisionId'] != made['RevisionId']
equal(lam.get_function_configuration(FunctionName='moved:live')['Version'], '2')
shared = lam.update_alias(FunctionName='moved', Name='live', RoutingConfig={'AdditionalVersionWeights': {'1': 0.25}})
equal((shared['FunctionVersion'], shared['RoutingConfig']), ('2', {'AdditionalVersionWeights': {'1': 0.25}}))
fails(
    'InvalidParameterValueException',
    'Invalid function version 1. Function version 1 is already included in routing configuration.',
    lam.update_alias,
    FunctionName='moved',
    Name='live',
    FunctionVersion='1',
)
fails(
    'ValidationException',
    "1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]",
    lam.update_alias,
    FunctionName='moved',
    Name='live',
    RoutingConfig={'AdditionalVersionWeights': {'$LATEST': 0.5}},
)
fails(
    'ValidationException',
    "1 validation error detected: Value '{1=-1.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    lam.update_alias,
    FunctionName='moved',
    Name='live',
    RoutingConfig={'AdditionalVersionWeights': {'1': -1}},
)

# A version stays as long as an alias means it, for a part of the invocations too.
for version in '1', '2':
    equal(
        fails(
            'ResourceConflictException',
            'Unable to delete version because the following aliases reference it: [live]',
            lam.delete_function,
            FunctionName='moved',
            Qualifier=version,
        ),
        409,
    )
fails('InvalidParameterValueException', 'Deletion of aliases is not currently supported.', lam.delete_function, FunctionName='moved:live')
assert 'RoutingConfig' not in lam.update_alias(FunctionName='moved', Name='live', RoutingConfig={'AdditionalVersionWeights': {}})
lam.delete_function(FunctionName='moved', Qualifier='1')

# Lists.
for name in 'b', 'a', '2024-01-02':
    lam.create_alias(FunctionName='moved', Name=name, FunctionVersion='$LATEST', RoutingConfig={})
equal([alias['Name'] for alias in lam.list_aliases(FunctionName='moved')['Aliases']], ['2024-01-02', 'a', 'b', 'live'])
equal([alias['Name'] for alias in lam.list_aliases(FunctionName='moved', FunctionVersion='2')['Aliases']], ['live'])
pages = list(lam.get_paginator('list_aliases').paginate(FunctionName='moved', PaginationConfig={'PageSize': 3}))
equal([[alias['Name'] for alias in page['Aliases']] for page in pages], [['2024-01-02', 'a', 'b'], ['live']])
fails('ResourceNotFoundException', f'Function not found: {ARN}none', lam.list_aliases, FunctionName='none')

# Deleting an alias deletes its policy; deleting none is no error.
lam.add_permission(FunctionName='moved', Qualifier='live', StatementId='s', Action='lambda:InvokeFunction', Principal='s3.amazonaws.com')
for _ in range(2):
    equal(lam.delete_alias(FunctionName='moved', Name='live')['ResponseMetadata']['HTTPStatusCode'], 204)
fails('ResourceNotFoundException', f'Cannot find alias arn: {ARN}moved:live', lam.get_alias, FunctionName='moved', Name='live')
lam.create_alias(FunctionName='moved', Name='live', FunctionVersion='2')
fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_policy, FunctionName='moved', Qualifier='live')

# With the function its aliases go.
lam.delete_function(FunctionName='moved')
function('moved')
equal(lam.list_aliases(FunctionName='moved')['Aliases'], [])
fails('ResourceNotFoundException', f'Function not found: {ARN}moved:live', lam.get_function, FunctionName='moved', Qualifier='live')
