from calls import *

secrets = client('secretsmanager')
A, B, C, D = (letter * 32 for letter in 'abcd')
made = secrets.create_secret(Name='app/db', SecretString='one', ClientRequestToken=A)
arn = made['ARN']
assert arn.startswith('arn:aws:secretsmanager:us-east-1:444455556666:secret:app/db-') and len(arn.rsplit('-', 1)[1]) == 6, arn
equal(made['VersionId'], A)
equal(secrets.create_secret(Name='app/db', SecretString='one', ClientRequestToken=A)['ARN'], arn)
in_use = f"You can't use ClientRequestToken {A} because that value is already in use for a version of secret {arn}."
exists = 'ResourceExistsException'
fails(exists, in_use, secrets.create_secret, Name='app/db', SecretString='other', ClientRequestToken=A)
taken = 'The operation failed because the secret app/db already exists.'
fails(exists, taken, secrets.create_secret, Name='app/db', SecretString='one', ClientRequestToken=B)
fails(exists, in_use, secrets.put_secret_value, SecretId='app/db', SecretString='other', ClientRequestToken=A)

put = secrets.put_secret_value(SecretId=arn, SecretBinary=b'\x00\xff', ClientRequestToken=B)
equal(put['VersionStages'], ['AWSCURRENT'])
got = secrets.get_secret_value(SecretId='app/db')
equal(got['SecretBinary'], b'\x00\xff')
assert 'SecretString' not in got
equal(secrets.get_secret_value(SecretId='app/db', VersionStage='AWSPREVIOUS')['SecretString'], 'one')
secrets.put_secret_value(SecretId=arn, SecretString='three', ClientRequestToken=C, VersionStages=['AWSPENDING'])
described = secrets.describe_secret(SecretId=arn[:-7])
equal(described['VersionIdsToStages'], {A: ['AWSPREVIOUS'], B: ['AWSCURRENT'], C: ['AWSPENDING']})
for absent in 'Description', 'KmsKeyId', 'RotationEnabled', 'Tags', 'DeletedDate':
    assert absent not in described, described

invalid = 'InvalidParameterException'
fails(
    invalid,
    "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version "
    f'{B}, so you must explicitly reference that version in RemoveFromVersionId.',
    secrets.update_secret_version_stage,
    SecretId=arn,
    VersionStage='AWSCURRENT',
    MoveToVersionId=C,
)
fails(
    invalid,
    'You can only move staging label AWSCURRENT to a different secret version. It can\u2019t be completely removed.',
    secrets.update_secret_version_stage,
    SecretId=arn,
    VersionStage='AWSCURRENT',
    RemoveFromVersionId=B,
)
secrets.update_secret_version_stage(SecretId=arn, VersionStage='AWSCURRENT', MoveToVersionId=C, RemoveFromVersionId=B)
equal(secrets.get_secret_value(SecretId=arn)['VersionId'], C)
versions = {v['VersionId']: v.get('VersionStages') for v in secrets.list_secret_version_ids(SecretId=arn, IncludeDeprecated=True)['Versions']}
equal({k: sorted(v) if v else v for k, v in versions.items()}, {A: None, B: ['AWSPREVIOUS'], C: ['AWSCURRENT', 'AWSPENDING']})
equal(secrets.get_secret_value(SecretId=arn, VersionId=A)['SecretString'], 'one')

missing = 'ResourceNotFoundException'
fails(missing, "Secrets Manager can't find the specified secret.", secrets.get_secret_value, SecretId='none')
value = "Secrets Manager can't find the specified secret value for "
fails(missing, value + 'staging label: other', secrets.get_secret_value, SecretId=arn, VersionStage='other')
fails(missing, value + f'VersionId: {D}', secrets.get_secret_value, SecretId=arn, VersionId=D)
fails(
    'InvalidRequestException',
    'You provided a VersionStage that is not associated to the provided VersionId.',
    secrets.get_secret_value,
    SecretId=arn,
    VersionId=A,
    VersionStage='AWSCURRENT',
)
fails(
    'ValidationException',
    "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536",
    secrets.put_secret_value,
    SecretId=arn,
    SecretString='x' * 65537,
    ClientRequestToken=D,
)
secrets.create_secret(Name='empty', ClientRequestToken=A)
fails(missing, value + 'staging label: AWSCURRENT', secrets.get_secret_value, SecretId='empty')
equal(secrets.update_secret(SecretId='empty', SecretString='x' * 65536, ClientRequestToken=B)['VersionId'], B)
equal(len(secrets.get_secret_value(SecretId='empty')['SecretString']), 65536)
assert 'VersionId' not in secrets.update_secret(SecretId='empty', Description='d')
password = secrets.get_random_password(PasswordLength=20, ExcludePunctuation=True, ExcludeCharacters='abc')['RandomPassword']
assert len(password) == 20 and password.isalnum() and not set(password) & set('abc'), password
for test in str.islower, str.isupper, str.isdigit:
    assert any(map(test, password)), password
