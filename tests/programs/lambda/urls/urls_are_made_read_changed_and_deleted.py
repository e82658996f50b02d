from lambda_calls import *

import re
from urllib.parse import urlsplit

arn = function('url')
cors = {'AllowOrigins': ['https://a.example'], 'AllowMethods': ['GET'], 'MaxAge': 5}

made = lam.create_function_url_config(FunctionName='url', AuthType='NONE', Cors=cors)
equal([made['ResponseMetadata']['HTTPStatusCode'], made['FunctionArn'], made['AuthType'], made['Cors']], [201, arn, 'NONE', cors])
assert 'LastModifiedTime' not in made, made
port = urlsplit(lam.meta.endpoint_url).port
assert re.fullmatch(rf'http://[a-z0-9]{{32}}\.lambda-url\.us-east-1\.localhost:{port}/', made['FunctionUrl']), made
assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z', made['CreationTime']), made

read = lam.get_function_url_config(FunctionName='url')
same = ('FunctionUrl', 'FunctionArn', 'AuthType', 'Cors', 'CreationTime')
equal({name: read[name] for name in same}, {name: made[name] for name in same})
equal(read['LastModifiedTime'], made['CreationTime'])
equal(
    fails(
        'ResourceConflictException',
        f'Failed to create function url config for [functionArn = {arn}]. Error message:  FunctionUrlConfig exists for this Lambda function',
        lam.create_function_url_config,
        FunctionName='url',
        AuthType='NONE',
    ),
    409,
)

# An update changes what it names.
changed = lam.update_function_url_config(FunctionName='url', AuthType='AWS_IAM')
equal((changed['AuthType'], changed['Cors']), ('AWS_IAM', cors))
assert 'Cors' not in lam.update_function_url_config(FunctionName='url', Cors={})

# Aliases have their own, versions have none.
lam.publish_version(FunctionName='url')
lam.create_alias(FunctionName='url', Name='live', FunctionVersion='1')
alias = lam.create_function_url_config(FunctionName='url', Qualifier='live', AuthType='NONE')
equal(alias['FunctionArn'], arn + ':live')
equal(lam.get_function_url_config(FunctionName='url:live')['FunctionUrl'], alias['FunctionUrl'])
fails(
    'ValidationException',
    r"1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)",
    lam.create_function_url_config,
    FunctionName='url',
    Qualifier='1',
    AuthType='NONE',
)
pages = lam.get_paginator('list_function_url_configs').paginate(FunctionName='url', PaginationConfig={'PageSize': 1}).build_full_result()
equal([one['FunctionArn'] for one in pages['FunctionUrlConfigs']], [arn, arn + ':live'])

# What is not there.
for call in (lam.create_function_url_config, lam.list_function_url_configs):
    more = {'AuthType': 'NONE'} if call == lam.create_function_url_config else {}
    equal(fails('ResourceNotFoundException', 'Function does not exist', call, FunctionName='nothing', **more), 404)
missing = 'The resource you requested does not exist.'
for call in (lam.get_function_url_config, lam.update_function_url_config, lam.delete_function_url_config):
    equal(fails('ResourceNotFoundException', missing, call, FunctionName='nothing'), 404)
fails('ResourceNotFoundException', 'Function does not exist', lam.create_function_url_config, FunctionName='url', Qualifier='none', AuthType='NONE')

# The permissions, as AWS writes them.
statement = json.loads(
    lam.add_permission(
        FunctionName='url', StatementId='url', Action='lambda:InvokeFunctionUrl', Principal='*', FunctionUrlAuthType='NONE'
    )['Statement']
)
equal(
    statement,
    {
        'Sid': 'url',
        'Effect': 'Allow',
        'Principal': '*',
        'Action': 'lambda:InvokeFunctionUrl',
        'Resource': arn,
        'Condition': {'StringEquals': {'lambda:FunctionUrlAuthType': 'NONE'}},
    },
)

# Who may only make URLs that ask for signatures.
maker = user('maker', allow('lambda:*FunctionUrlConfig', Condition={'StringEquals': {'lambda:FunctionUrlAuthType': 'AWS_IAM'}}))
theirs = client('lambda', maker['AccessKeyId'], maker['SecretAccessKey'])
denied = f'User: arn:aws:iam::{A}:user/maker is not authorized to perform: lambda:UpdateFunctionUrlConfig on resource: {arn} because no identity-based policy allows the lambda:UpdateFunctionUrlConfig action'
fails('AccessDeniedException', denied, theirs.update_function_url_config, FunctionName='url', AuthType='NONE')
equal(theirs.update_function_url_config(FunctionName='url', Cors=cors)['Cors'], cors)
if 'InvokeMode' in read:  # botocore has known it since March 2023
    equal(read['InvokeMode'], 'BUFFERED')
    equal(lam.update_function_url_config(FunctionName='url', InvokeMode='RESPONSE_STREAM')['InvokeMode'], 'RESPONSE_STREAM')

# They go with what they belong to.
lam.delete_alias(FunctionName='url', Name='live')
fails('ResourceNotFoundException', missing, lam.get_function_url_config, FunctionName='url', Qualifier='live')
equal(lam.delete_function_url_config(FunctionName='url')['ResponseMetadata']['HTTPStatusCode'], 204)
fails('ResourceNotFoundException', missing, lam.get_function_url_config, FunctionName='url')
lam.delete_function(FunctionName='url')
