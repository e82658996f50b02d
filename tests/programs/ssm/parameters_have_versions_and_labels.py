from calls import *

ssm = client('ssm')
get, put = ssm.get_parameter, ssm.put_parameter
invalid = 'ValidationException'
equal(put(Name='app', Value='one', Type='String', Description='d', AllowedPattern='')['Version'], 1)
exists = 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.'
fails('ParameterAlreadyExists', exists, put, Name='/app', Value='two', Type='String')
equal(put(Name='/app', Value='one', Overwrite=True)['Version'], 2)
put(Name='app', Value='three', Overwrite=True, AllowedPattern='[a-z]+')
mismatch = 'Parameter value, cannot be validated against allowedPattern: [a-z]+'
fails('ParameterPatternMismatchException', mismatch, put, Name='app', Value='x1', Overwrite=True)
fails(invalid, 'A parameter type is required when you create a parameter.', put, Name='typeless', Value='x')

one = get(Name='app:1')['Parameter']
equal((one['Name'], one['Selector'], one['Value'], one['Version']), ('app', ':1', 'one', 1))
assert 'Selector' not in get(Name='app')['Parameter']
gone = 'ParameterVersionNotFound'
fails(gone, 'Systems Manager could not find version 9 of app. Verify the version and try again.', get, Name='app:9')
equal(ssm.label_parameter_version(Name='app', Labels=['prod', '1st', 'awsome'])['InvalidLabels'], ['1st', 'awsome'])
equal(get(Name='/app:prod')['Parameter']['Version'], 3)
equal(ssm.label_parameter_version(Name='app', ParameterVersion=1, Labels=['prod'])['ParameterVersion'], 1)
equal(get(Name='app:prod')['Parameter']['Version'], 1)
history = ssm.get_parameter_history(Name='app')['Parameters']
equal([(v['Version'], v['Labels'], v['Description']) for v in history], [(1, ['prod'], 'd'), (2, [], 'd'), (3, [], 'd')])
page = ssm.get_parameter_history(Name='app', MaxResults=2)
equal([v['Version'] for v in ssm.get_parameter_history(Name='app', NextToken=page['NextToken'])['Parameters']], [3])

for number in range(4, 101):
    equal(put(Name='app', Value='x', Overwrite=True)['Version'], number)
full = (
    'You attempted to create a new version of app by calling the PutParameter API with the overwrite flag. Version 1, the oldest version, '
    "can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again."
)
fails('ParameterMaxVersionLimitExceeded', full, put, Name='app', Value='x', Overwrite=True)
unlabelled = ssm.unlabel_parameter_version(Name='app', ParameterVersion=1, Labels=['prod', 'none'])
equal((unlabelled['RemovedLabels'], unlabelled['InvalidLabels']), (['prod'], ['none']))
equal(put(Name='app', Value='x', Overwrite=True)['Version'], 101)
equal(get(Name='app:2')['Parameter']['Version'], 2)
many = 'A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.'
ssm.label_parameter_version(Name='app', Labels=[f'l{i}' for i in range(10)])
fails('ParameterVersionLabelLimitExceeded', many, ssm.label_parameter_version, Name='app', Labels=['more'])

ssm.add_tags_to_resource(ResourceType='Parameter', ResourceId='/app', Tags=[dict(Key='a', Value='b'), dict(Key='c', Value='')])
ssm.remove_tags_from_resource(ResourceType='Parameter', ResourceId='app', TagKeys=['c'])
equal(ssm.list_tags_for_resource(ResourceType='Parameter', ResourceId='app')['TagList'], [dict(Key='a', Value='b')])
equal(outcome(ssm.list_tags_for_resource, ResourceType='Parameter', ResourceId='none')['Error']['Code'], 'InvalidResourceId')
equal(ssm.delete_parameters(Names=['/app', 'none'])['InvalidParameters'], ['none'])
fails('ParameterNotFound', '', ssm.delete_parameter, Name='app')
equal(put(Name='app', Value='again', Type='StringList', Tags=[dict(Key='k', Value='v')])['Version'], 1)

too_long = 'Standard tier parameters support a maximum parameter value of 4096 characters. '
error = outcome(put, Name='big', Value='x' * 4097, Type='String')['Error']
assert error['Code'] == invalid and error['Message'].startswith(too_long), error
equal(put(Name='big', Value='x' * 4097, Type='String', Tier='Intelligent-Tiering')['Tier'], 'Advanced')
fails(
    invalid,
    "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the "
    'standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.',
    put,
    Name='big',
    Value='x',
    Overwrite=True,
    Tier='Standard',
)
fails(invalid, 'Parameter name must be a fully qualified name.', put, Name='a/b', Value='x', Type='String')
fails('AccessDeniedException', 'No access to reserved parameter name: /aws/x.', put, Name='/aws/x', Value='x', Type='String')
for name in 'awsome', 'SSM-x', '/ssm/x':
    message = outcome(put, Name=name, Value='x', Type='String')['Error']['Message']
    assert message.startswith('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).'), message
error = outcome(put, Name='/' + '/'.join('abcdefghijklmnop'), Value='x', Type='String')['Error']
equal(error['Code'], 'HierarchyLevelLimitExceededException')
put(Name='/' + '/'.join('abcdefghijklmno'), Value='x', Type='String')
value = "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1"
fails(invalid, value, put, Name='empty', Value='', Type='String')
fails('NotImplemented', 'Daybreak does not implement the operation GetInventory of ssm.', ssm.get_inventory)
