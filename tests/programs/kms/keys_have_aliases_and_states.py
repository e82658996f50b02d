from calls import *

kms = client('kms')
made = kms.create_key()['KeyMetadata']
key, arn = made['KeyId'], made['Arn']
alias = dict(AliasName='alias/app/one')
kms.create_alias(TargetKeyId=arn, **alias)
alias_arn = 'arn:aws:kms:us-east-1:444455556666:alias/app/one'
fails('AlreadyExistsException', f'An alias with the name {alias_arn} already exists', kms.create_alias, TargetKeyId=key, **alias)
fails('ValidationException', 'Aliases must refer to keys. Not aliases', kms.create_alias, AliasName='alias/two', TargetKeyId='alias/app/one')
fails('NotAuthorizedException', '', kms.create_alias, AliasName='alias/aws/mine', TargetKeyId=key)
fails('NotFoundException', f'Alias {alias_arn}x is not found.', kms.delete_alias, AliasName='alias/app/onex')
equal(kms.encrypt(KeyId='alias/app/one', Plaintext=b'x')['KeyId'], arn)
second = kms.create_key()['KeyMetadata']['KeyId']
kms.update_alias(TargetKeyId=second, **alias)
equal(kms.describe_key(KeyId=alias_arn)['KeyMetadata']['KeyId'], second)
equal([a['AliasName'] for a in kms.list_aliases(KeyId=second)['Aliases']], ['alias/app/one'])
page = kms.list_aliases(Limit=3)
equal((len(page['Aliases']), page['Truncated']), (3, True))
names = [a['AliasName'] for a in page['Aliases'] + kms.list_aliases(Marker=page['NextMarker'])['Aliases']]
assert names == sorted(set(names)) and 'alias/aws/rds' in names, names
kms.delete_alias(**alias)

# A key of AWS's own is made when it is described, and its account may not use it directly.
equal(outcome(kms.encrypt, KeyId='alias/aws/sqs', Plaintext=b'x')['Error']['Code'], 'AccessDeniedException')
managed = kms.describe_key(KeyId='alias/aws/secretsmanager')['KeyMetadata']
equal((managed['KeyManager'], managed['Description']), ('AWS', 'Default key that protects my Secrets Manager data when no other key is defined'))
equal(kms.describe_key(KeyId=managed['Arn'])['KeyMetadata'], managed)
equal(kms.get_key_rotation_status(KeyId=managed['KeyId'])['KeyRotationEnabled'], True)
equal(outcome(kms.encrypt, KeyId='alias/aws/secretsmanager', Plaintext=b'x')['Error']['Code'], 'AccessDeniedException')

kms.disable_key(KeyId=key)
equal(kms.describe_key(KeyId=key)['KeyMetadata']['KeyState'], 'Disabled')
fails('DisabledException', f'{arn} is disabled.', kms.encrypt, KeyId=key, Plaintext=b'x')
kms.enable_key(KeyId=key)
blob = kms.encrypt(KeyId=key, Plaintext=b'x')['CiphertextBlob']
scheduled = kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
equal((scheduled['KeyId'], scheduled['KeyState'], scheduled['PendingWindowInDays']), (arn, 'PendingDeletion', 7))
pending = ('KMSInvalidStateException', f'{arn} is pending deletion.')
fails(*pending, kms.decrypt, CiphertextBlob=blob)
fails(*pending, kms.disable_key, KeyId=key)
fails(*pending, kms.schedule_key_deletion, KeyId=key)
assert kms.describe_key(KeyId=key)['KeyMetadata']['DeletionDate']
equal(kms.cancel_key_deletion(KeyId=key)['KeyId'], arn)
equal(kms.describe_key(KeyId=key)['KeyMetadata']['KeyState'], 'Disabled')
fails('KMSInvalidStateException', f'{arn} is not pending deletion.', kms.cancel_key_deletion, KeyId=key)
kms.enable_key(KeyId=key)
equal(kms.decrypt(CiphertextBlob=blob)['Plaintext'], b'x')
kms.update_key_description(KeyId=key, Description='new')
equal(kms.describe_key(KeyId=key)['KeyMetadata']['Description'], 'new')
equal(outcome(kms.create_key, KeySpec='RSA_2048', KeyUsage='SIGN_VERIFY')['Error']['Code'], 'NotImplemented')
fails('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.', kms.generate_data_key, KeyId=key, KeySpec='AES_128', DryRun=True)
fails('NotImplemented', 'Daybreak does not implement the operation CreateGrant of kms.', kms.create_grant, KeyId=key)
