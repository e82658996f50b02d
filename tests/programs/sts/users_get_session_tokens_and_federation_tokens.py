from calls import *

A = '444455556666'
iam.create_user(UserName='bob')
iam.attach_user_policy(UserName='bob', PolicyArn='arn:aws:iam::aws:policy/IAMReadOnlyAccess')
key = iam.create_access_key(UserName='bob')['AccessKey']
bob = client('sts', credentials=key)
token = bob.get_session_token()['Credentials']
client('iam', credentials=token).get_user(UserName='bob')
equal(client('sts', credentials=token).get_caller_identity()['Arn'], f'arn:aws:iam::{A}:user/bob')
fails('AccessDenied', 'Cannot call GetSessionToken with session credentials', client('sts', credentials=token).get_session_token)
equal(client('sts').get_access_key_info(AccessKeyId=key['AccessKeyId'])['Account'], A)
equal(client('sts').get_access_key_info(AccessKeyId=token['AccessKeyId'])['Account'], A)
fails(
    'AccessDenied',
    f'User: arn:aws:iam::{A}:user/bob is not authorized to perform: sts:GetFederationToken on resource: '
    f'arn:aws:sts::{A}:federated-user/fred because no identity-based policy allows the sts:GetFederationToken action',
    bob.get_federation_token,
    Name='fred',
)
iam.put_user_policy(UserName='bob', PolicyName='f', PolicyDocument=document(allow('sts:GetFederationToken')))
fred = bob.get_federation_token(Name='fred', Policy=document(allow('iam:GetUser')))['Credentials']
client('iam', credentials=fred).get_user(UserName='bob')
fails(
    'AccessDenied',
    f'User: arn:aws:sts::{A}:federated-user/fred is not authorized to perform: iam:GetGroup on resource: arn:aws:iam::{A}:group/g '
    'because no session policy allows the iam:GetGroup action',
    client('iam', credentials=fred).get_group,
    GroupName='g',
)
fails('MalformedPolicyDocument', 'Syntax errors in policy.', bob.get_federation_token, Name='fred', Policy='{}')
