from calls import *

trusted = trust({'Service': 'lambda.amazonaws.com'})
reserved = ('InvalidInput', "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles")
for path in ('/aws-service-role/', '/aws-service-role/rds.amazonaws.com/'):
    fails(*reserved, iam.create_role, RoleName='own', Path=path, AssumeRolePolicyDocument=trusted)
iam.create_role(RoleName='own', AssumeRolePolicyDocument=trusted)
iam.create_user(UserName='own')
tags = [{'Key': 'AWS:own', 'Value': 'x'}]
tagged = ('InvalidInput', 'aws: prefixed tag key names are not allowed for external use.')
fails(*tagged, iam.tag_role, RoleName='own', Tags=tags)
fails(*tagged, iam.tag_user, UserName='own', Tags=tags)
fails(*tagged, iam.create_role, RoleName='other', AssumeRolePolicyDocument=trusted, Tags=tags)
fails(*tagged, iam.create_policy, PolicyName='other', PolicyDocument=document(allow('s3:*')), Tags=tags)
assert iam.list_role_tags(RoleName='own')['Tags'] == [] and 'other' not in [r['RoleName'] for r in iam.list_roles()['Roles']]
