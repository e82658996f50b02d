from administrator_steps import *

iam.create_role(RoleName='guarded', AssumeRolePolicyDocument=trust({'AWS': A}))
other = client('iam', '111122223333')
assert other.list_roles()['Roles'] == [] and other.get_user()['User']['Arn'].startswith('arn:aws:iam::111122223333:user/')
