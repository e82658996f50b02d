from version_steps import *

function('provisioned')
lam.publish_version(FunctionName='provisioned')
lam.update_function_code(FunctionName='provisioned', ZipFile=code('two'))
ready('provisioned')
lam.publish_version(FunctionName='provisioned')
lam.create_alias(FunctionName='provisioned', Name='live', FunctionVersion='1')
arn = ARN + 'provisioned'


def put(qualifier, count=1):
    return lam.put_provisioned_concurrency_config(FunctionName='provisioned', Qualifier=qualifier, ProvisionedConcurrentExecutions=count)


def get(qualifier):
    return lam.get_provisioned_concurrency_config(FunctionName='provisioned', Qualifier=qualifier)


def numbers(answer):
    return [answer[f'{kind}ProvisionedConcurrentExecutions'] for kind in ('Requested', 'Available', 'Allocated')] + [answer['Status']]


# What can have none.
unpublished = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.'
neither = 'The function resource provided must be an alias or a published version.'
none = 'No Provisioned Concurrency Config found for this function'
fails('InvalidParameterValueException', unpublished, put, '$LATEST')
fails('InvalidParameterValueException', neither, get, '$LATEST')
fails('ResourceNotFoundException', f'Cannot find alias arn: {arn}:noalias', put, 'noalias')
fails('ResourceNotFoundException', f'Cannot find alias arn: {arn}:noalias', get, 'noalias')
fails('ResourceNotFoundException', f'Function not found: {arn}:10', put, '10')
fails('ResourceNotFoundException', f'Function not found: {arn}:10', get, '10')
equal(fails('ProvisionedConcurrencyConfigNotFoundException', none, get, 'live'), 404)
fails(
    'ValidationException',
    "1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 1",
    put,
    '1',
    0,
)
equal(lam.delete_provisioned_concurrency_config(FunctionName='provisioned', Qualifier='1')['ResponseMetadata']['HTTPStatusCode'], 204)

# A version has it by its number or by one alias.
made = put('1', 2)
expect("202 [2, 0, 0, 'IN_PROGRESS']", made['ResponseMetadata']['HTTPStatusCode'], numbers(made))
equal(
    fails(
        'ResourceConflictException',
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
        put,
        'live',
    ),
    409,
)
lam.delete_provisioned_concurrency_config(FunctionName='provisioned', Qualifier='1')
fails('ProvisionedConcurrencyConfigNotFoundException', none, get, '1')
put('live', 3)
fails('ResourceConflictException', 'Version is pointed by a Provisioned Concurrency alias', put, '1')

# A list shows it with the ARN, and finds nothing where there is nothing.
pages = lam.get_paginator('list_provisioned_concurrency_configs')
lam.create_alias(FunctionName='provisioned', Name='next', FunctionVersion='2')
put('next', 1)
shown = pages.paginate(FunctionName='provisioned', PaginationConfig={'PageSize': 1}).build_full_result()['ProvisionedConcurrencyConfigs']
expect(f"[('{arn}:live', 3), ('{arn}:next', 1)]", [(one['FunctionArn'], one['RequestedProvisionedConcurrentExecutions']) for one in shown])
lam.delete_alias(FunctionName='provisioned', Name='next')
fails('ResourceNotFoundException', f'Function not found: {ARN}nothing', lam.list_provisioned_concurrency_configs, FunctionName='nothing')

# An alias with weights keeps what it has, but gets nothing new.
lam.update_alias(FunctionName='provisioned', Name='live', RoutingConfig={'AdditionalVersionWeights': {'2': 0.5}})
fails('InvalidParameterValueException', 'Alias with weights can not be used with Provisioned Concurrency', put, 'live', 2)
lam.update_alias(FunctionName='provisioned', Name='live', RoutingConfig={'AdditionalVersionWeights': {}})

# It moves with the alias and goes with it.
lam.update_alias(FunctionName='provisioned', Name='live', FunctionVersion='2')
equal(get('live')['RequestedProvisionedConcurrentExecutions'], 3)
put('1', 1)
lam.delete_provisioned_concurrency_config(FunctionName='provisioned', Qualifier='1')

# It is part of what the function has reserved, or taken from what others share.
unreserved = lambda: lam.get_account_settings()['AccountLimit']['UnreservedConcurrentExecutions']
equal(unreserved(), 997)
lam.put_function_concurrency(FunctionName='provisioned', ReservedConcurrentExecutions=5)
equal(unreserved(), 995)
fails(
    'InvalidParameterValueException',
    " ReservedConcurrentExecutions  2 should not be lower than function's total provisioned concurrency [3].",
    lam.put_function_concurrency,
    FunctionName='provisioned',
    ReservedConcurrentExecutions=2,
)
fails(
    'InvalidParameterValueException',
    'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    put,
    'live',
    6,
)
put('live', 5)
lam.delete_function_concurrency(FunctionName='provisioned')
fails(
    'InvalidParameterValueException',
    "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
    put,
    'live',
    1001,
)
fails(
    'InvalidParameterValueException',
    "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    put,
    'live',
    901,
)
lam.delete_alias(FunctionName='provisioned', Name='live')
fails('ResourceNotFoundException', f'Cannot find alias arn: {arn}:live', get, 'live')
equal(unreserved(), 1000)
lam.create_alias(FunctionName='provisioned', Name='live', FunctionVersion='2')
fails('ProvisionedConcurrencyConfigNotFoundException', none, get, 'live')
put('2', 4)
lam.delete_function(FunctionName='provisioned')
equal(unreserved(), 1000)
