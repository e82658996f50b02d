from version_steps import *

lam.create_function(
    FunctionName='kept', Runtime='python3.12', Handler='f.handler', Role=f'arn:aws:iam::{A}:role/r', Code={'ZipFile': code('one')},
    Description='No version :(',
)
lam.get_waiter('function_active_v2').wait(FunctionName='kept', WaiterConfig={'Delay': 0})
before = lam.get_function_configuration(FunctionName='kept')

# The first version, with a description of its own.
first = lam.publish_version(FunctionName='kept', Description='First version description :)')
expect(
    '201 1 First version description :) Active Successful',
    first['ResponseMetadata']['HTTPStatusCode'], first['Version'], first['Description'], first['State'], first['LastUpdateStatus'],
)
equal(first['FunctionArn'], ARN + 'kept:1')
latest = lam.get_function_configuration(FunctionName='kept')
assert len({before['RevisionId'], first['RevisionId'], latest['RevisionId']}) == 3
equal((latest['Version'], latest['Description'], latest['LastModified']), ('$LATEST', 'No version :(', before['LastModified']))
equal(lam.get_function_configuration(FunctionName='kept', Qualifier='1')['RevisionId'], first['RevisionId'])
equal(lam.get_function(FunctionName='kept:1')['Configuration']['FunctionArn'], ARN + 'kept:1')
equal(lam.get_function(FunctionName=ARN + 'kept:$LATEST')['Configuration']['FunctionArn'], ARN + 'kept:$LATEST')

# Without a change it is the same version again, whatever the description.
again = lam.publish_version(FunctionName='kept', Description='another', RevisionId=latest['RevisionId'], CodeSha256=latest['CodeSha256'])
equal(configuration(again), configuration(first))
equal(lam.get_function_configuration(FunctionName='kept')['RevisionId'], latest['RevisionId'])

# A change that changes nothing is none.
lam.update_function_configuration(FunctionName='kept', Timeout=3)
ready('kept')
equal(lam.publish_version(FunctionName='kept')['Version'], '1')

# Changes of $LATEST leave the version alone.
lam.update_function_configuration(FunctionName='kept', Description='Second version :))', Timeout=9, Environment={'Variables': {'AB': 'c'}})
ready('kept')
lam.update_function_code(FunctionName='kept', ZipFile=code('two'))
ready('kept')
equal(configuration(lam.get_function_configuration(FunctionName='kept', Qualifier='1')), configuration(first))
second = lam.publish_version(FunctionName='kept')
expect('2 Second version :)) 9', second['Version'], second['Description'], second['Timeout'])
assert second['CodeSha256'] != first['CodeSha256']
equal(versions('kept'), ['$LATEST', '1', '2'])

# An update that publishes answers with the version, which is pending at first; it is the last one again when nothing has changed.
third = lam.update_function_code(FunctionName='kept', ZipFile=code('three'), Publish=True)
expect('200 3 Pending Creating None', third['ResponseMetadata']['HTTPStatusCode'], third['Version'], third['State'], third['StateReasonCode'], third.get('LastUpdateStatus'))
equal(third['FunctionArn'], ARN + 'kept:3')
lam.get_waiter('published_version_active').wait(FunctionName='kept', Qualifier='3', WaiterConfig={'Delay': 0})
ready('kept')
equal(lam.update_function_code(FunctionName='kept', ZipFile=code('three'), Publish=True)['Version'], '3')
equal(versions('kept'), ['$LATEST', '1', '2', '3'])

# Versions are deleted one by one, numbers are never used again, and after the last one was deleted the same content is a new version.
equal(lam.delete_function(FunctionName='kept', Qualifier='1')['ResponseMetadata']['HTTPStatusCode'], 204)
lam.delete_function(FunctionName='kept:3')
lam.delete_function(FunctionName='kept', Qualifier='17')
equal(versions('kept'), ['$LATEST', '2'])
fails('ResourceNotFoundException', f'Function not found: {ARN}kept:1', lam.get_function, FunctionName='kept', Qualifier='1')
ready('kept')
equal(lam.publish_version(FunctionName='kept')['Version'], '4')
fails(
    'InvalidParameterValueException',
    '$LATEST version cannot be deleted without deleting the function.',
    lam.delete_function,
    FunctionName='kept:$LATEST',
)

# Tags are those of the function, of which a version shows them too.
lam.tag_resource(Resource=ARN + 'kept', Tags={'team': 'a'})
equal(lam.get_function(FunctionName='kept', Qualifier='4')['Tags'], {'team': 'a'})

# Created and published at once: the answer names the version, but not in its ARN.
created = lam.create_function(
    FunctionName='at-once', Runtime='python3.12', Handler='f.handler', Role=f'arn:aws:iam::{A}:role/r', Code={'ZipFile': code('x')}, Publish=True
)
expect('1 Pending', created['Version'], created['State'])
equal(created['FunctionArn'], ARN + 'at-once')
lam.get_waiter('published_version_active').wait(FunctionName='at-once', Qualifier='1', WaiterConfig={'Delay': 0})
equal(lam.get_function_configuration(FunctionName='at-once')['Version'], '$LATEST')
equal(lam.publish_version(FunctionName='at-once')['Version'], '1')

# Of a function that is deleted, nothing is left for the next one of its name.
lam.delete_function(FunctionName='kept')
fails('ResourceNotFoundException', f'Function not found: {ARN}kept:2', lam.get_function, FunctionName='kept', Qualifier='2')
function('kept')
equal(versions('kept'), ['$LATEST'])
equal(lam.publish_version(FunctionName='kept')['Version'], '1')
fails('ResourceNotFoundException', f'Function not found: {ARN}none', lam.publish_version, FunctionName='none')
fails('ResourceNotFoundException', f'Function not found: {ARN}none', lam.list_versions_by_function, FunctionName='none')
