from calls import *

ec2 = trust({'Service': 'ec2.amazonaws.com'})
gateway = json.dumps(
    {
        'Version': '2012-10-17',
        'Statement': [
            {
                'Effect': 'Allow',
                'Action': ['apigatway:PUT'],
                'Resource': ['arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Faaeeieije'],
            }
        ],
    }
)
r, e = {}, {}
r['create_role'] = outcome(iam.create_role, RoleName='r1', Path='/p1/', AssumeRolePolicyDocument=ec2)
r['get_role'] = outcome(iam.get_role, RoleName='r1')
r['list_roles'] = outcome(iam.list_roles, PathPrefix='/p1/')
r['create_role_tags'] = outcome(
    iam.create_role, RoleName='r2', Path='/role-with-tags/', AssumeRolePolicyDocument=ec2, Tags=[{'Key': 'test', 'Value': 'value'}]
)
r['get_role_tags'] = outcome(iam.get_role, RoleName='r2')
r['create_policy'] = outcome(iam.create_policy, PolicyName='p1', PolicyDocument=document(allow('s3:*')), Description='not shown')
assert 'Description' not in r['create_policy']['Policy']
r['get_policy'] = outcome(iam.get_policy, PolicyArn=r['create_policy']['Policy']['Arn'])
r['create_user'] = outcome(iam.create_user, UserName='u1')
iam.put_user_policy(UserName='u1', PolicyName='inline', PolicyDocument=gateway)
r['get_user_policy'] = outcome(iam.get_user_policy, UserName='u1', PolicyName='inline')
iam.create_group(GroupName='g1')
iam.put_group_policy(GroupName='g1', PolicyName='inline', PolicyDocument=gateway)
r['get_group_policy'] = outcome(iam.get_group_policy, GroupName='g1', PolicyName='inline')
iam.put_role_policy(RoleName='r1', PolicyName='inline', PolicyDocument=gateway)
r['get_role_policy'] = outcome(iam.get_role_policy, RoleName='r1', PolicyName='inline')
simulated = iam.create_role(RoleName='sim', AssumeRolePolicyDocument=ec2)['Role']['Arn']
iam.put_role_policy(
    RoleName='sim',
    PolicyName='inline',
    PolicyDocument='{"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]}',
)
r['simulate_principal_policy'] = outcome(
    iam.simulate_principal_policy,
    PolicySourceArn=simulated,
    ActionNames=['s3:PutObject', 's3:GetObjectVersion'],
    ResourceArns=['arn:aws:s3:::bucket'],
)
r['slr_rds'] = outcome(iam.create_service_linked_role, AWSServiceName='rds.amazonaws.com')
r['slr_rds_attached'] = outcome(iam.list_attached_role_policies, RoleName='AWSServiceRoleForRDS')
task = iam.delete_service_linked_role(RoleName='AWSServiceRoleForRDS')['DeletionTaskId']
r['slr_deletion_status'] = outcome(iam.get_service_linked_role_deletion_status, DeletionTaskId=task)
e['malformed_trust'] = outcome(
    iam.create_role, RoleName='r3', AssumeRolePolicyDocument='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",}]}'
)
e['attach_bad_arn'] = outcome(iam.attach_role_policy, RoleName='r1', PolicyArn='longpolicynamebutnoarn')
e['attach_missing'] = outcome(iam.attach_role_policy, RoleName='r1', PolicyArn='arn:aws:iam::444455556666:policy/x123')
e['delete_policy_missing'] = outcome(iam.delete_policy, PolicyArn='arn:aws:iam::444455556666:policy/non-existent-policy')
e['user_missing'] = outcome(iam.get_user, UserName='non-existent-user')
e['slr_suffix'] = outcome(iam.create_service_linked_role, AWSServiceName='rds.amazonaws.com', CustomSuffix='x')
print(json.dumps({'responses': r, 'errors': e}))
