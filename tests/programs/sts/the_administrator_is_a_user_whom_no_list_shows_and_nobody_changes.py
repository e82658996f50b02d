from administrator_steps import *

user = iam.get_user()['User']
equal((user['UserName'], user['Arn'], user['UserId']), ('local-administrator', admin, sts.get_caller_identity()['UserId']))
equal(iam.get_user(UserName='local-administrator')['User'], user)
assert iam.list_users()['Users'] == [] and iam.get_account_summary()['SummaryMap']['Users'] == 0
arn = 'arn:aws:iam::aws:policy/AdministratorAccess'
equal([p['PolicyArn'] for p in iam.list_attached_user_policies(UserName='local-administrator')['AttachedPolicies']], [arn])
equal(iam.list_entities_for_policy(PolicyArn=arn)['PolicyUsers'], [])
equal(
    iam.simulate_principal_policy(PolicySourceArn=admin, ActionNames=['iam:CreateUser'])['EvaluationResults'][0]['EvalDecision'], 'allowed'
)
fails('EntityAlreadyExists', 'User with name local-administrator already exists.', iam.create_user, UserName='local-administrator')
fixed = ('UnmodifiableEntity', 'The user local-administrator comes with the local AWS and cannot be changed.')
fails(*fixed, iam.detach_user_policy, UserName='local-administrator', PolicyArn=arn)
fails(*fixed, iam.tag_user, UserName='local-administrator', Tags=[{'Key': 'k', 'Value': 'v'}])
fails(*fixed, iam.update_user, UserName='local-administrator', NewUserName='bob')
fails('DeleteConflict', 'Cannot delete entity, must detach all policies first.', iam.delete_user, UserName='local-administrator')

key = iam.create_access_key()['AccessKey']
assert key['UserName'] == 'local-administrator' and client('sts', credentials=key).get_caller_identity()['Arn'] == admin, key
equal([k['AccessKeyId'] for k in iam.list_access_keys()['AccessKeyMetadata']], [key['AccessKeyId']])
equal(iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['UserName'], 'local-administrator')
session = sts.get_session_token()['Credentials']
equal(client('sts', credentials=session).get_caller_identity()['Arn'], admin)
client('iam', credentials=sts.get_federation_token(Name='fred', Policy=document(allow('iam:*')))['Credentials']).list_users()
