from calls import *

root, kms = client('secretsmanager'), client('kms')
key = kms.create_key()['KeyMetadata']
arn = root.create_secret(Name='keyed', SecretString='one', KmsKeyId=key['KeyId'])['ARN']
equal(root.get_secret_value(SecretId='keyed')['SecretString'], 'one')
equal(root.describe_secret(SecretId='keyed')['KmsKeyId'], key['KeyId'])
equal(root.list_secret_version_ids(SecretId='keyed')['Versions'][0]['KmsKeyIds'], [key['KeyId']])
version = root.put_secret_value(SecretId='keyed', SecretString='two')['VersionId']
root.put_secret_value(SecretId='keyed', SecretString='two', ClientRequestToken=version)

# Its readers may decrypt, by Secrets Manager if not by themselves.
iam.create_user(UserName='secret-reader')
secrets = client('secretsmanager', credentials=iam.create_access_key(UserName='secret-reader')['AccessKey'])


def grant(*statements):
    iam.put_user_policy(UserName='secret-reader', PolicyName='p', PolicyDocument=document(allow('secretsmanager:*'), *statements))


grant()
denied = ('AccessDeniedException', 'Access to KMS is not allowed')
fails(*denied, secrets.get_secret_value, SecretId='keyed')
fails(*denied, secrets.create_secret, Name='keyed-too', SecretString='v', KmsKeyId=key['Arn'])
via = {'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com', 'kms:EncryptionContext:SecretARN': arn}
grant(allow('kms:Decrypt', key['Arn'], Condition={'StringEquals': via}))
equal(secrets.get_secret_value(SecretId='keyed')['SecretString'], 'two')
fails(*denied, secrets.put_secret_value, SecretId='keyed', SecretString='three')

# Another key encrypts what has a label again, and the first one may go.
second = kms.create_key()['KeyMetadata']['KeyId']
kms.create_alias(AliasName='alias/secrets', TargetKeyId=second)
root.update_secret(SecretId='keyed', KmsKeyId='alias/secrets')
kms.disable_key(KeyId=key['KeyId'])
equal(root.get_secret_value(SecretId='keyed')['SecretString'], 'two')
equal(root.get_secret_value(SecretId='keyed', VersionStage='AWSPREVIOUS')['SecretString'], 'one')
kms.disable_key(KeyId=second)
equal(outcome(root.get_secret_value, SecretId='keyed')['Error']['Code'], 'DecryptionFailure')
equal(outcome(root.put_secret_value, SecretId='keyed', SecretString='three')['Error']['Code'], 'EncryptionFailure')
kms.enable_key(KeyId=second)
root.update_secret(SecretId='keyed', KmsKeyId='alias/aws/secretsmanager')
assert 'KmsKeyId' not in root.describe_secret(SecretId='keyed')
kms.disable_key(KeyId=second)
equal(root.get_secret_value(SecretId='keyed')['SecretString'], 'two')
