from calls import *

root = client('kms')
key = root.create_key()['KeyMetadata']
user = iam.create_user(UserName='keys')['User']['Arn']
kms = client('kms', credentials=iam.create_access_key(UserName='keys')['AccessKey'])
encrypt = dict(KeyId=key['KeyId'], Plaintext=b'x')


def denied(where, action, kind, call, **parameters):
    text = f'User: {user} is not authorized to perform: {action} on {where} because no {kind} policy allows the {action} action'
    equal(fails('AccessDeniedException', text, call, **parameters), 400)


def policy(*statements):
    return document(*statements)


on_key = f'resource: {key["Arn"]}'
account = dict(Effect='Allow', Principal={'AWS': 'arn:aws:iam::444455556666:root'}, Action='kms:*', Resource='*')
assert json.loads(root.get_key_policy(KeyId=key['KeyId'])['Policy'])['Statement'][0]['Sid'] == 'Enable IAM User Permissions'
denied(on_key, 'kms:Encrypt', 'identity-based', kms.encrypt, **encrypt)
blob = root.encrypt(**encrypt)['CiphertextBlob']
denied('the resource associated with this ciphertext', 'kms:Decrypt', 'identity-based', kms.decrypt, CiphertextBlob=blob)

# The policy of the key is enough.
reader = dict(Effect='Allow', Principal={'AWS': user}, Action='kms:Decrypt', Resource='*')
root.put_key_policy(KeyId=key['KeyId'], Policy=policy(account, reader))
equal(kms.decrypt(CiphertextBlob=blob)['Plaintext'], b'x')

# Identity policies count as long as the key's names the account, with the encryption context as a condition.
context = {'StringEquals': {'kms:EncryptionContext:app': 'one'}}
iam.put_user_policy(UserName='keys', PolicyName='p', PolicyDocument=document(allow('kms:Encrypt', key['Arn'], Condition=context)))
denied(on_key, 'kms:Encrypt', 'identity-based', kms.encrypt, **encrypt)
assert kms.encrypt(EncryptionContext={'app': 'one'}, **encrypt)
lockout = 'The new key policy will not allow you to update the key policy in the future.'
fails('MalformedPolicyDocumentException', lockout, root.put_key_policy, KeyId=key['KeyId'], Policy=policy(reader))
root.put_key_policy(KeyId=key['KeyId'], Policy=policy(reader), BypassPolicyLockoutSafetyCheck=True)
denied(on_key, 'kms:Encrypt', 'resource-based', kms.encrypt, EncryptionContext={'app': 'one'}, **encrypt)
equal(outcome(root.encrypt, **encrypt)['Error']['Code'], 'AccessDeniedException')
equal(kms.decrypt(CiphertextBlob=blob)['Plaintext'], b'x')
