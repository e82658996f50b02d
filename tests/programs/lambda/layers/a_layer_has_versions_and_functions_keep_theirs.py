import urllib.request

from layer_steps import *

# Published and shown. These are the members that AWS's recorded answers have.
first = publish(
    'kept', Description='d', LicenseInfo='MIT', CompatibleRuntimes=['python3.12'], CompatibleArchitectures=['x86_64'], text='one'
)
equal(status(first), 201)
shown = {name: value for name, value in first.items() if name not in ('ResponseMetadata', 'Content', 'CreatedDate')}
equal(
    shown,
    {
        'LayerArn': LAYERS + 'kept',
        'LayerVersionArn': LAYERS + 'kept:1',
        'Description': 'd',
        'Version': 1,
        'CompatibleRuntimes': ['python3.12'],
        'LicenseInfo': 'MIT',
        'CompatibleArchitectures': ['x86_64'],
    },
)
equal(urllib.request.urlopen(first['Content']['Location']).read(), content('one'))
equal(first['Content']['CodeSize'], len(content('one')))
again = publish('kept', text='one')
equal((again['Version'], again['Content']['CodeSha256']), (2, first['Content']['CodeSha256']))
assert not {'CompatibleRuntimes', 'CompatibleArchitectures', 'LicenseInfo'} & again.keys() and again['Description'] == ''
bare = publish('bare', CompatibleRuntimes=[], CompatibleArchitectures=[])
equal((bare['CompatibleRuntimes'], bare['CompatibleArchitectures']), ([], []))
for got in (
    lam.get_layer_version(LayerName='kept', VersionNumber=1),
    lam.get_layer_version(LayerName=LAYERS + 'kept', VersionNumber=1),
    lam.get_layer_version_by_arn(Arn=LAYERS + 'kept:1'),
):
    equal({name: got[name] for name in shown}, shown)
    equal(got['CreatedDate'], first['CreatedDate'])
equal(lam.list_layer_versions(LayerName='none-such')['LayerVersions'], [])

# A function with a layer.
function('with-layer')
ready('with-layer')
assert 'Layers' not in lam.get_function_configuration(FunctionName='with-layer')
size = len(content('one'))
changed = lam.update_function_configuration(FunctionName='with-layer', Layers=[LAYERS + 'kept:1'])
equal((changed['Layers'], changed['LastUpdateStatus']), ([{'Arn': LAYERS + 'kept:1', 'CodeSize': size}], 'InProgress'))
ready('with-layer')
equal(lam.publish_version(FunctionName='with-layer')['Version'], '1')
lam.update_function_configuration(FunctionName='with-layer', Layers=[LAYERS + 'bare:1', LAYERS + 'kept:2'])
ready('with-layer')
equal(lam.publish_version(FunctionName='with-layer')['Version'], '2')  # other layers are a change

# Deleted versions remain where functions have them; numbers are never used again.
for number in 1, 2, 2, 17:
    equal(status(lam.delete_layer_version(LayerName='kept', VersionNumber=number)), 204)
equal(status(lam.delete_layer_version(LayerName='none-such', VersionNumber=1)), 204)
equal(lam.list_layer_versions(LayerName='kept')['LayerVersions'], [])
equal([layer['Arn'] for layer in lam.get_function(FunctionName='with-layer')['Configuration']['Layers']], [LAYERS + 'bare:1', LAYERS + 'kept:2'])
equal(lam.get_function_configuration(FunctionName='with-layer', Qualifier='1')['Layers'][0]['Arn'], LAYERS + 'kept:1')
equal(publish('kept')['Version'], 3)
assert 'Layers' not in lam.update_function_configuration(FunctionName='with-layer', Layers=[])
ready('with-layer')

# Lists: newest first, by runtime and architecture, page by page.
for number in range(4, 60):
    publish(
        'kept',
        Description=str(number),
        CompatibleRuntimes=['nodejs22.x', 'python3.7'] if number % 2 else ['python3.13'],
        CompatibleArchitectures=['arm64'] if number % 3 else ['x86_64', 'arm64'],
    )
pages = list(lam.get_paginator('list_layer_versions').paginate(LayerName='kept', PaginationConfig={'PageSize': 50}))
equal([len(page['LayerVersions']) for page in pages], [50, 7])
equal([version['Version'] for page in pages for version in page['LayerVersions']], list(range(59, 2, -1)))
equal(
    [v['Version'] for v in lam.list_layer_versions(LayerName='kept', CompatibleRuntime='python3.7', CompatibleArchitecture='x86_64')['LayerVersions']],
    [number for number in range(59, 3, -1) if number % 2 and number % 3 == 0],
)
latest = lam.list_layers(CompatibleRuntime='python3.13')['Layers']
equal([(layer['LayerName'], layer['LayerArn'], layer['LatestMatchingVersion']['Version']) for layer in latest], [('kept', LAYERS + 'kept', 58)])
item = latest[0]['LatestMatchingVersion']
equal((item['LayerVersionArn'], item['Description'], item['CompatibleArchitectures']), (LAYERS + 'kept:58', '58', ['arm64']))
names = [
    layer['LayerName'] for page in lam.get_paginator('list_layers').paginate(PaginationConfig={'PageSize': 1}) for layer in page['Layers']
]
equal([name for name in names if name in ('bare', 'kept')], ['bare', 'kept'])

# What AWS was recorded to refuse.
fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_layer_version, LayerName='none-such', VersionNumber=1)
fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_layer_version, LayerName='kept', VersionNumber=1)
fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_layer_version_by_arn, Arn=LAYERS + 'kept:2')
for call in lam.get_layer_version, lam.delete_layer_version:
    for number in -1, 0:
        fails('InvalidParameterValueException', 'Layer Version Cannot be less than 1', call, LayerName='kept', VersionNumber=number)
fails(
    'ValidationException',
    validation((f"'{LAYERS}kept' at 'arn'", f'Member must satisfy regular expression pattern: {VERSION_ARN}')),
    lam.get_layer_version_by_arn,
    Arn=LAYERS + 'kept',
)
fails(
    'ValidationException',
    validation(("'none' at 'compatibleArchitecture'", 'Member must satisfy enum value set: [x86_64, arm64]')),
    lam.list_layers,
    CompatibleArchitecture='none',
)
try:
    lam.list_layers(CompatibleRuntime='none')
    raise AssertionError('an unknown runtime is taken')
except ClientError as error:
    begins("1 validation error detected: Value 'none' at 'compatibleRuntime' failed to satisfy constraint: Member must satisfy enum value set: [ruby3.5, ruby2.6, ", error.response['Error']['Message'])
fails(
    'ValidationException',
    validation(
        ("'[invalidruntime, nodejs20.x]' at 'compatibleRuntimes'", f'Member must satisfy enum value set: {SUPPORTED}'),
        (
            "'[invalidarch, x86_64]' at 'compatibleArchitectures'",
            'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
        ),
    ),
    publish,
    'other',
    CompatibleRuntimes=['invalidruntime', 'nodejs20.x'],
    CompatibleArchitectures=['invalidarch', 'x86_64'],
)
fails(
    'InvalidParameterValueException',
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
    lam.publish_layer_version,
    LayerName='other',
    Content={'ZipFile': b'no zip'},
)
fails(
    'RequestEntityTooLargeException',
    'Zipped size must be smaller than 52428800 bytes',
    lam.publish_layer_version,
    LayerName='other',
    Content={'ZipFile': bytes(52428801)},
)

# Layers that a function cannot have.
twice = 'Two different versions of the same layer are not allowed to be referenced in the same function. '
for layers, message in (
    (['kept:3', 'kept:4'], f'{twice}{LAYERS}kept:3 and {LAYERS}kept:4 are versions of the same layer.'),
    (['kept:3', 'kept:4', 'kept:5'], f'{twice}{LAYERS}kept:3 and {LAYERS}kept:4 are versions of the same layer.'),
    (['kept:3', 'kept:3'], f'{twice}{LAYERS}kept:3 and {LAYERS}kept:3 are versions of the same layer.'),
    (['none-such:1'], f'Layer version {LAYERS}none-such:1 does not exist.'),
    (['kept:1'], f'Layer version {LAYERS}kept:1 does not exist.'),
    ([f'kept:{number}' for number in range(3, 9)], 'Cannot reference more than 5 layers.'),
):
    arns = [LAYERS + layer for layer in layers]
    fails('InvalidParameterValueException', message, lam.update_function_configuration, FunctionName='with-layer', Layers=arns)
    fails(
        'InvalidParameterValueException',
        message,
        lam.create_function,
        FunctionName='never',
        Runtime='python3.12',
        Handler='f.handler',
        Role=f'arn:aws:iam::{A}:role/r',
        Code={'ZipFile': package()},
        Layers=arns,
    )
fails(
    'ValidationException',
    validation(
        (
            f"'[{LAYERS}kept]' at 'layers'",
            'Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or '
            f'equal to 1, Member must satisfy regular expression pattern: {VERSION_ARN}, Member must not be null]',
        )
    ),
    lam.update_function_configuration,
    FunctionName='with-layer',
    Layers=[LAYERS + 'kept'],
)
other_region = boto3.client('lambda', region_name='eu-west-1', endpoint_url=os.environ['AWS_ENDPOINT_URL'], config=quiet)
elsewhere = publish('kept', caller=other_region)['LayerVersionArn']
fails(
    'InvalidParameterValueException',
    'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
    lam.update_function_configuration,
    FunctionName='with-layer',
    Layers=[elsewhere],
)
