from calls import *

root, kms = client('ssm'), client('kms')
key = kms.create_key()['KeyMetadata']
kms.create_alias(AliasName='alias/parameters', TargetKeyId=key['KeyId'])
secure = dict(Name='/keyed/one', Type='SecureString', KeyId='alias/parameters')
root.put_parameter(Value='first', **secure)
read = dict(Name='/keyed/one', WithDecryption=True)
equal(root.get_parameter(**read)['Parameter']['Value'], 'first')
equal(root.describe_parameters(ParameterFilters=[dict(Key='KeyId', Values=['alias/parameters'])])['Parameters'][0]['Name'], '/keyed/one')
root.put_parameter(Name='/keyed/one', Value='second', Overwrite=True)
equal([v['Value'] for v in root.get_parameter_history(**read)['Parameters']], ['first', 'second'])

# Without decryption the value is what KMS made, for the ARN of the parameter.
import base64

blob = base64.b64decode(root.get_parameter(Name='/keyed/one')['Parameter']['Value'])
arn = 'arn:aws:ssm:us-east-1:444455556666:parameter/keyed/one'
decrypted = kms.decrypt(CiphertextBlob=blob, EncryptionContext={'PARAMETER_ARN': arn})
equal((decrypted['Plaintext'], decrypted['KeyId']), (b'second', key['Arn']))

# Its readers may decrypt, by Parameter Store if not by themselves.
user = iam.create_user(UserName='keyed')['User']['Arn']
ssm = client('ssm', credentials=iam.create_access_key(UserName='keyed')['AccessKey'])
own = client('kms', credentials=iam.create_access_key(UserName='keyed')['AccessKey'])
iam.put_user_policy(UserName='keyed', PolicyName='p', PolicyDocument=document(allow('ssm:*')))
denial = (
    f'User: {user} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based '
    'policy allows the kms:Decrypt action'
)
fails('AccessDeniedException', denial, ssm.get_parameter, **read)
assert ssm.get_parameter(Name='/keyed/one')
via = {'StringEquals': {'kms:ViaService': 'ssm.us-east-1.amazonaws.com', 'kms:EncryptionContext:PARAMETER_ARN': arn}}
policy = document(allow('ssm:*'), allow('kms:Decrypt', key['Arn'], Condition=via))
iam.put_user_policy(UserName='keyed', PolicyName='p', PolicyDocument=policy)
equal(ssm.get_parameter(**read)['Parameter']['Value'], 'second')
equal(ssm.get_parameters_by_path(Path='/keyed', WithDecryption=True)['Parameters'][0]['Value'], 'second')
fails('AccessDeniedException', denial, own.decrypt, CiphertextBlob=blob, EncryptionContext={'PARAMETER_ARN': arn})

kms.disable_key(KeyId=key['KeyId'])
fails('InvalidKeyId', f'{key["Arn"]} is disabled.', root.get_parameter, **read)
unknown = f'Alias {key["Arn"].split(":key/")[0]}:alias/none is not found.'
fails('InvalidKeyId', unknown, root.put_parameter, Name='/keyed/two', Type='SecureString', Value='v', KeyId='alias/none')
