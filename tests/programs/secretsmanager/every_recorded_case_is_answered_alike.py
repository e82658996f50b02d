from calls import *
import uuid

secrets = client('secretsmanager')
r, e = {}, {}


def sorted_labels(x):
    """The recorder sorted lists of labels."""
    if isinstance(x, dict):
        return {k: sorted(v) if k == 'VersionStages' else sorted_labels(v) for k, v in x.items()}
    return [sorted_labels(v) for v in x] if isinstance(x, list) else x


def keep(name, call, **parameters):
    r[name] = sorted_labels(outcome(call, **parameters))
    return r[name]


def described(name, secret, *versions):
    """The versions are known by their order of creation."""
    answer = keep(name, secrets.describe_secret, SecretId=secret)
    if 'VersionIdsToStages' in answer:
        answer['VersionIdsToStages'] = {'{v%d}' % (versions.index(k) + 1): v for k, v in answer['VersionIdsToStages'].items()}


def put(secret, value, *labels):
    more = {'VersionStages': list(labels)} if labels else {}
    return secrets.put_secret_value(SecretId=secret, SecretString=value, **more)['VersionId']


create, get, versions = secrets.create_secret, secrets.get_secret_value, secrets.list_secret_version_ids
a = keep('create_secret', create, Name='a', SecretString='my_secret', Description='Testing secret creation.')
keep('get_secret_value', get, SecretId='a')
keep('get_secret_value_by_arn', get, SecretId=a['ARN'])
keep('get_secret_value_by_partial_arn', get, SecretId=a['ARN'][:-7])
described('describe_secret_after_get', 'a', a['VersionId'])
keep('put_secret_value', secrets.put_secret_value, SecretId='a', SecretString='new_secret')
keep('get_secret_value_after_put', get, SecretId='a')
keep('update_secret_value', secrets.update_secret, SecretId='a', SecretString='new_secret', Description='d')
keep('delete_secret_force', secrets.delete_secret, SecretId='a', ForceDeleteWithoutRecovery=True)
keep('create_secret_again', create, Name='a', SecretString='my_secret')

ids = [create(Name='b', SecretString='1')['VersionId']]
described('describe_secret', 'b', *ids)
keep('update_secret_description', secrets.update_secret, SecretId='b', Description='MyDescription')
described('describe_secret_described', 'b', *ids)
for name in 'describe_secret_two_versions', 'describe_secret_three_versions':
    ids.append(secrets.update_secret(SecretId='b', SecretString=name, Description='MyNewDescription')['VersionId'])
    described(name, 'b', *ids)

keep('create_secret_without_value', create, Name='c')
e['no_value'] = outcome(get, SecretId='c')
described('describe_secret_without_value', 'c')
keep('put_first_value', secrets.put_secret_value, SecretId='c', SecretString='1')

create(Name='d', SecretString='secret_string_v0')
stages = dict(SecretId='d', SecretString='1', VersionStages=['SAMPLESTAGE0', 'SAMPLESTAGE1'])
keep('put_secret_value_custom_stages', secrets.put_secret_value, **stages)
keep('get_after_custom_stages', get, SecretId='d')
keep('put_secret_value_pending', secrets.put_secret_value, SecretId='d', SecretString='2', VersionStages=['AWSPENDING'])
keep('put_secret_value_current', secrets.put_secret_value, SecretId='d', SecretString='3', VersionStages=['AWSCURRENT'])

first = create(Name='e', SecretString='1')['VersionId']
keep('list_versions', versions, SecretId='e')
second = put('e', '2', 'AWSPENDING', 'AWSSOMETHING', 'PUT1')
keep('list_versions_pending', versions, SecretId='e')
move = dict(SecretId='e', VersionStage='AWSCURRENT', RemoveFromVersionId=first, MoveToVersionId=second)
keep('update_secret_version_stage', secrets.update_secret_version_stage, **move)
create(Name='f', SecretString='1')
secrets.update_secret(SecretId='f', SecretString='2')
keep('list_versions_current_previous', versions, SecretId='f')
put('f', '3')
keep('list_versions_three_puts', versions, SecretId='f')
keep('list_versions_deprecated', versions, SecretId='f', IncludeDeprecated=True)

e['exists'] = outcome(create, Name='f', SecretString='1')
e['invalid_name'] = outcome(create, Name='not valid', SecretString='1')
e['get_not_found'] = outcome(get, SecretId='none')
e['list_versions_not_found'] = outcome(versions, SecretId='none')
ending = create(Name='ends-a1b2c3', SecretString='1')['ARN']
e['partial_arn_six_characters'] = outcome(get, SecretId=ending[:-7])
e['stage_not_found'] = outcome(get, SecretId='ends-a1b2c3', VersionStage='AWSPREVIOUS')
e['pending_not_found'] = outcome(get, SecretId='ends-a1b2c3', VersionStage='AWSPENDING')
e['version_not_found'] = outcome(get, SecretId='f', VersionId=str(uuid.uuid4()))
e['version_and_stage_differ'] = outcome(get, SecretId='f', VersionId=get(SecretId='f')['VersionId'], VersionStage='AWSPREVIOUS')

keep('tag_resource', secrets.tag_resource, SecretId='f', Tags=[dict(Key='k', Value='v')])
keep('untag_resource', secrets.untag_resource, SecretId='f', TagKeys=['k'])
keep('delete_secret_window', secrets.delete_secret, SecretId='f')
e['scheduled_for_deletion'] = outcome(create, Name='f', SecretString='1')
e['tag_deleted'] = outcome(secrets.tag_resource, SecretId='f', Tags=[dict(Key='k', Value='v')])
e['untag_deleted'] = outcome(secrets.untag_resource, SecretId='f', TagKeys=['k'])
keep('restore_secret', secrets.restore_secret, SecretId='f')
secrets.delete_secret(SecretId='f')
keep('delete_secret_force_deleted', secrets.delete_secret, SecretId='f', ForceDeleteWithoutRecovery=True)

# Rotation by a function, which takes AWSPENDING away in the end.
from lambda_calls import A, lam, zipped
import time

CODE = """
import boto3

def handler(event, context):
    secrets = boto3.client('secretsmanager')
    secret, token, pending = event['SecretId'], event['ClientRequestToken'], 'AWSPENDING'
    if event['Step'] == 'createSecret':
        secrets.put_secret_value(SecretId=secret, ClientRequestToken=token, SecretString='2', VersionStages=[pending])
    if event['Step'] == 'finishSecret':
        current = secrets.get_secret_value(SecretId=secret)['VersionId']
        secrets.update_secret_version_stage(SecretId=secret, VersionStage='AWSCURRENT', MoveToVersionId=token, RemoveFromVersionId=current)
        secrets.get_secret_value(SecretId=secret)
        secrets.update_secret_version_stage(SecretId=secret, VersionStage=pending, RemoveFromVersionId=token)
"""
ids = [create(Name='g', SecretString='1', Description='testing rotation of secrets')['VersionId']]
rotate = secrets.rotate_secret
e['rotate_without_function'] = outcome(rotate, SecretId='g', RotationRules={'AutomaticallyAfterDays': 1})
none = f'arn:aws:lambda:us-east-1:{A}:function:none'
e['rotate_function_missing'] = outcome(rotate, SecretId='g', RotationLambdaARN=none, RotationRules={'AutomaticallyAfterDays': 1})
iam.create_role(RoleName='rotator', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
iam.put_role_policy(RoleName='rotator', PolicyName='p', PolicyDocument=document(allow('secretsmanager:*')))
function = lam.create_function(
    FunctionName='rotator',
    Runtime='python3.12',
    Handler='f.handler',
    Role=f'arn:aws:iam::{A}:role/rotator',
    Timeout=30,
    Code={'ZipFile': zipped('f.py', CODE)},
)['FunctionArn']
lam.add_permission(FunctionName='rotator', StatementId='s', Action='lambda:InvokeFunction', Principal='secretsmanager.amazonaws.com')
about = keep('rotate_secret', rotate, SecretId='g', RotationLambdaARN=function, RotationRules={'AutomaticallyAfterDays': 1})
while 'LastRotatedDate' not in secrets.describe_secret(SecretId='g'):
    time.sleep(0.1)
described('describe_secret_rotated', 'g', *ids, about['VersionId'])
keep('list_versions_rotated', versions, SecretId='g')
keep('rotate_secret_again', rotate, SecretId='g')
print(json.dumps({'responses': r, 'errors': e}))
