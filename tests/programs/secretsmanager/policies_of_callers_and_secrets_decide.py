from calls import *

root = client('secretsmanager')
arn = root.create_secret(Name='mine', SecretString='value')['ARN']
user = iam.create_user(UserName='reader')['User']['Arn']
secrets = client('secretsmanager', credentials=iam.create_access_key(UserName='reader')['AccessKey'])


def denied(secret, reason='because no identity-based policy allows the secretsmanager:GetSecretValue action'):
    text = f'User: {user} is not authorized to perform: secretsmanager:GetSecretValue on resource: {secret} {reason}'
    equal(fails('AccessDeniedException', text, secrets.get_secret_value, SecretId=secret), 400)


# A denial names the secret as it was asked for.
denied('mine')
denied(arn)
denied('missing')
iam.put_user_policy(UserName='reader', PolicyName='p', PolicyDocument=document(allow('secretsmanager:GetSecretValue', arn[:-6] + '??????')))
equal(secrets.get_secret_value(SecretId='mine')['SecretString'], 'value')
deny_all = document(dict(Effect='Deny', Principal='*', Action='secretsmanager:GetSecretValue', Resource='*'))
root.put_resource_policy(SecretId='mine', ResourcePolicy=deny_all)
denied('mine', 'with an explicit deny in a resource-based policy')
iam.delete_user_policy(UserName='reader', PolicyName='p')
grant = document(dict(Effect='Allow', Principal={'AWS': user}, Action='secretsmanager:GetSecretValue', Resource='*'))
root.put_resource_policy(SecretId='mine', ResourcePolicy=grant)
equal(secrets.get_secret_value(SecretId='mine')['SecretString'], 'value')
equal(json.loads(root.get_resource_policy(SecretId='mine')['ResourcePolicy']), json.loads(grant))
root.delete_resource_policy(SecretId='mine')
assert 'ResourcePolicy' not in root.get_resource_policy(SecretId='mine')
denied('mine')
nobody = document(dict(Effect='Allow', Principal={'AWS': user + 'x'}, Action='secretsmanager:GetSecretValue', Resource='*'))
fails(
    'MalformedPolicyDocumentException',
    'This resource policy contains an unsupported principal',
    root.put_resource_policy,
    SecretId='mine',
    ResourcePolicy=nobody,
)
