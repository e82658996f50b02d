from calls import *
import uuid

kms = client('kms')
r, e = {}, {}
made = outcome(kms.create_key, Description='test - description')
r['create_key'] = made
key, arn = made['KeyMetadata']['KeyId'], made['KeyMetadata']['Arn']
described = kms.create_key(Description='test key 123')['KeyMetadata']
r['describe_key'] = outcome(kms.describe_key, KeyId=described['KeyId'])
r['describe_key_by_arn'] = outcome(kms.describe_key, KeyId=described['Arn'])
kms.create_alias(AliasName='alias/recorded', TargetKeyId=key)
r['describe_key_by_alias_arn'] = outcome(kms.describe_key, KeyId=arn.split(':key/')[0] + ':alias/recorded')
pairs = {'context-key': 'context-value'}
encrypted = kms.encrypt(KeyId=key, Plaintext=b'text', EncryptionContext=pairs)
r['encrypt'] = plain(encrypted)
blob = encrypted['CiphertextBlob']
assert blob.startswith(b'\x01\x02\x02\x00')
decrypted = kms.decrypt(CiphertextBlob=blob, EncryptionContext=pairs)
equal(decrypted['Plaintext'], b'text')
r['decrypt'] = plain(decrypted)
data = kms.generate_data_key(KeyId=key, KeySpec='AES_256', EncryptionContext=pairs)
equal(len(data['Plaintext']), 32)
equal(kms.decrypt(CiphertextBlob=data['CiphertextBlob'], EncryptionContext=pairs)['Plaintext'], data['Plaintext'])
r['generate_data_key'] = plain(data)
r['generate_data_key_without_plaintext'] = outcome(kms.generate_data_key_without_plaintext, KeyId=key, NumberOfBytes=10)
assert 'Plaintext' not in r['generate_data_key_without_plaintext']
again = kms.re_encrypt(CiphertextBlob=blob, SourceEncryptionContext=pairs, DestinationKeyId=described['KeyId'])
r['re_encrypt'] = plain(again)
equal(kms.decrypt(CiphertextBlob=again['CiphertextBlob'])['Plaintext'], b'text')

r['rotation_status_disabled'] = outcome(kms.get_key_rotation_status, KeyId=key)
for name, period in ('enabled', 90), ('180', 180):
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=period)
    r['rotation_status_' + name] = outcome(kms.get_key_rotation_status, KeyId=key)
kms.enable_key_rotation(KeyId=described['KeyId'])
r['rotation_status_default_period'] = outcome(kms.get_key_rotation_status, KeyId=described['KeyId'])

tag = lambda key, value: dict(TagKey=key, TagValue=value)
tagged = kms.create_key(Tags=[tag('tag1', 'value1'), tag('tag2', 'value2')])['KeyMetadata']['KeyId']
r['list_resource_tags'] = outcome(kms.list_resource_tags, KeyId=tagged)
kms.tag_resource(KeyId=tagged, Tags=[tag('tag2', 'updated_value2'), tag('tag3', 'value3'), tag('tag4', 'value4'), tag('tag5', 'value5')])
r['list_resource_tags_updated'] = outcome(kms.list_resource_tags, KeyId=tagged)
kms.untag_resource(KeyId=tagged, TagKeys=['tag2', 'tag4', 'tag5'])
r['list_resource_tags_part'] = outcome(kms.list_resource_tags, KeyId=tagged)
kms.untag_resource(KeyId=tagged, TagKeys=['tag1', 'tag3'])
r['list_resource_tags_none'] = outcome(kms.list_resource_tags, KeyId=tagged)
r['list_key_policies'] = outcome(kms.list_key_policies, KeyId=key)

missing = str(uuid.uuid4())
e['key_missing'] = outcome(kms.describe_key, KeyId=missing)
e['key_missing_arn'] = outcome(kms.describe_key, KeyId=arn.replace(key, missing))
e['key_missing_mrk'] = outcome(kms.describe_key, KeyId='mrk-' + missing.replace('-', ''))
e['key_id_malformed'] = outcome(kms.describe_key, KeyId='fake-key-id')
e['key_id_without_hyphens'] = outcome(kms.describe_key, KeyId='134f2428cec14b25a1ae9048164dba47')
e['key_id_malformed_mrk'] = outcome(kms.describe_key, KeyId='mrk-fake-key-id')
other = boto3.client('kms', endpoint_url=os.environ['AWS_ENDPOINT_URL'], region_name='eu-west-1', config=quiet)
e['key_of_other_region_id'] = outcome(other.describe_key, KeyId=key)
e['key_of_other_region_arn'] = outcome(other.describe_key, KeyId=arn)
e['alias_prefix'] = outcome(kms.create_alias, AliasName='recorded', TargetKeyId=key)
e['plaintext_too_long'] = outcome(kms.encrypt, KeyId=key, Plaintext=b'x' * 4097)
e['plaintext_empty'] = outcome(kms.encrypt, KeyId=key, Plaintext=b'')
e['decrypt_without_context'] = outcome(kms.decrypt, CiphertextBlob=blob)
e['decrypt_invalid_ciphertext'] = outcome(kms.decrypt, CiphertextBlob=blob[:-1] + bytes([blob[-1] ^ 1]), EncryptionContext=pairs)
e['data_key_without_context'] = outcome(kms.decrypt, CiphertextBlob=data['CiphertextBlob'])
e['decrypt_other_key'] = outcome(kms.decrypt, CiphertextBlob=blob, EncryptionContext=pairs, KeyId=tagged)
e['re_encrypt_other_key'] = outcome(
    kms.re_encrypt, CiphertextBlob=blob, SourceEncryptionContext=pairs, SourceKeyId=tagged, DestinationKeyId=key
)
e['key_usage_missing'] = outcome(kms.create_key, KeySpec='HMAC_256')
e['tags_duplicate'] = outcome(kms.tag_resource, KeyId=key, Tags=[tag('k', '1'), tag('k', '2')])
e['tags_too_many'] = outcome(kms.create_key, Tags=[tag(f'k{i}', 'v') for i in range(51)])
e['tags_reserved'] = outcome(kms.tag_resource, KeyId=key, Tags=[tag('aws:k', 'v')])
e['tags_reserved_upper_case'] = outcome(kms.create_key, Tags=[tag('AWS:k', 'v')])
e['tag_key_too_long'] = outcome(kms.create_key, Tags=[tag('k' * 129, 'v')])
e['tag_value_too_long'] = outcome(kms.create_key, Tags=[tag('k', 'v' * 257)])
e['random_missing'] = outcome(kms.generate_random)
e['random_zero'] = outcome(kms.generate_random, NumberOfBytes=0)
e['random_too_many'] = outcome(kms.generate_random, NumberOfBytes=1025)
equal(len(kms.generate_random(NumberOfBytes=16)['Plaintext']), 16)
print(json.dumps({'responses': r, 'errors': e}))
