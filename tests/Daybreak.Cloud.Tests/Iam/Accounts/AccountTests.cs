namespace Daybreak.Cloud.Tests.Iam.Accounts;

/// <summary>What tools ask of an account itself, asked by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class AccountTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task An_account_has_one_alias() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            iam.create_account_alias(AccountAlias='first'); iam.create_account_alias(AccountAlias='second')
            assert iam.list_account_aliases()['AccountAliases'] == ['second']
            fails('EntityAlreadyExists', 'The account alias second already exists.', client('iam', '111122223333').create_account_alias, AccountAlias='second')
            fails('NoSuchEntity', 'The account alias first cannot be found.', iam.delete_account_alias, AccountAlias='first')
            iam.delete_account_alias(AccountAlias='second')
            assert iam.list_account_aliases()['AccountAliases'] == []
            fails('ValidationError', "1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: "
                'Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$', iam.create_account_alias, AccountAlias='Not-Small')
            """
        );

    [Fact]
    public Task Passwords_follow_the_policy_of_the_account() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            other = client('iam', '222233334444')
            none = ('NoSuchEntity', 'The Password Policy with domain name 222233334444 cannot be found.')
            fails(*none, other.get_account_password_policy); fails(*none, other.delete_account_password_policy)
            weak = ('PasswordPolicyViolation', 'Password does not conform to the account password policy.')
            other.create_user(UserName='ann')
            fails('NoSuchEntity', 'Login Profile for User ann cannot be found.', other.get_login_profile, UserName='ann')
            fails(*weak, other.create_login_profile, UserName='ann', Password='onlysmall')
            assert other.create_login_profile(UserName='ann', Password='Three-kinds')['LoginProfile']['PasswordResetRequired'] == False
            fails('EntityAlreadyExists', 'Login Profile for user ann already exists.', other.create_login_profile, UserName='ann', Password='Three-kinds')

            other.update_account_password_policy(MinimumPasswordLength=12, RequireNumbers=True, MaxPasswordAge=90)
            assert other.get_account_password_policy()['PasswordPolicy'] == dict(MinimumPasswordLength=12, RequireSymbols=False, RequireNumbers=True,
                RequireUppercaseCharacters=False, RequireLowercaseCharacters=False, AllowUsersToChangePassword=False, ExpirePasswords=True, MaxPasswordAge=90)
            fails(*weak, other.update_login_profile, UserName='ann', Password='three-kinds-but')
            other.update_login_profile(UserName='ann', Password='now-with-a-1', PasswordResetRequired=True)
            assert other.get_login_profile(UserName='ann')['LoginProfile']['PasswordResetRequired'] == True
            other.update_account_password_policy()
            assert other.get_account_password_policy()['PasswordPolicy']['MinimumPasswordLength'] == 6
            fails('DeleteConflict', 'Cannot delete entity, must delete login profile first.', other.delete_user, UserName='ann')
            other.delete_login_profile(UserName='ann'); other.delete_user(UserName='ann'); other.delete_account_password_policy()
            fails(*none, other.get_account_password_policy)
            """
        );

    [Fact]
    public Task Authorization_details_show_everybody_and_every_policy_page_by_page() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            mine = client('iam', '333344445555')
            arn = mine.create_policy(PolicyName='own', PolicyDocument=document(allow('s3:*')))['Policy']['Arn']
            mine.create_group(GroupName='g'); mine.put_group_policy(GroupName='g', PolicyName='inline', PolicyDocument=document(allow('sqs:*')))
            mine.create_user(UserName='u', Tags=[{'Key': 'k', 'Value': 'v'}]); mine.add_user_to_group(GroupName='g', UserName='u')
            mine.attach_user_policy(UserName='u', PolicyArn=arn)
            mine.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
            mine.attach_role_policy(RoleName='r', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
            everything = mine.get_account_authorization_details()
            user, group, role = everything['UserDetailList'][0], everything['GroupDetailList'][0], everything['RoleDetailList'][0]
            assert (user['UserName'], user['GroupList'], user['AttachedManagedPolicies'][0]['PolicyArn'], user['Tags']) == ('u', ['g'], arn, [{'Key': 'k', 'Value': 'v'}])
            assert sorted(user) == ['Arn', 'AttachedManagedPolicies', 'CreateDate', 'GroupList', 'Path', 'Tags', 'UserId', 'UserName', 'UserPolicyList'], sorted(user)
            assert sorted(group) == ['Arn', 'AttachedManagedPolicies', 'CreateDate', 'GroupId', 'GroupName', 'GroupPolicyList', 'Path'], sorted(group)
            assert sorted(role) == ['Arn', 'AssumeRolePolicyDocument', 'AttachedManagedPolicies', 'CreateDate', 'InstanceProfileList', 'Path', 'RoleId', 'RoleLastUsed', 'RoleName', 'RolePolicyList', 'Tags'], sorted(role)
            assert group['GroupPolicyList'] == [{'PolicyName': 'inline', 'PolicyDocument': json.loads(document(allow('sqs:*')))}]
            assert role['RoleName'] == 'r' and role['AssumeRolePolicyDocument']['Statement'][0]['Principal'] == {'Service': 'lambda.amazonaws.com'}
            policies = {p['PolicyName']: p for p in everything['Policies']}
            assert sorted(policies) == ['AWSLambdaRole', 'own'] and policies['own']['AttachmentCount'] == 1
            assert mine.get_policy(PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')['Policy']['AttachmentCount'] == policies['AWSLambdaRole']['AttachmentCount'] == 1
            assert policies['own']['PolicyVersionList'][0]['Document'] == json.loads(document(allow('s3:*')))
            assert everything['IsTruncated'] == False
            only = mine.get_account_authorization_details(Filter=['LocalManagedPolicy'])
            assert [p['PolicyName'] for p in only['Policies']] == ['own'] and only['UserDetailList'] == only['RoleDetailList'] == only['GroupDetailList'] == []
            pages = [p for p in mine.get_paginator('get_account_authorization_details').paginate(PaginationConfig={'PageSize': 1})]
            count = lambda p: sum(len(p[l]) for l in ('UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'))
            assert [count(p) for p in pages] == [1] * 5, [count(p) for p in pages]
            """
        );

    [Fact]
    public Task Lists_of_what_cannot_be_made_are_empty_and_the_rest_is_refused_by_name() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            iam.create_user(UserName='plain')
            for name, member in [('list_mfa_devices', 'MFADevices'), ('list_ssh_public_keys', 'SSHPublicKeys'), ('list_signing_certificates', 'Certificates'),
                    ('list_service_specific_credentials', 'ServiceSpecificCredentials')]:
                assert getattr(iam, name)(UserName='plain')[member] == [], name
                fails('NoSuchEntity', 'The user with name nobody cannot be found.', getattr(iam, name), UserName='nobody')
            for name, member in [('list_virtual_mfa_devices', 'VirtualMFADevices'), ('list_server_certificates', 'ServerCertificateMetadataList'),
                    ('list_open_id_connect_providers', 'OpenIDConnectProviderList'), ('list_saml_providers', 'SAMLProviderList')]:
                assert getattr(iam, name)()[member] == [], name
            model = iam.meta.service_model
            for name in model.operation_names:
                if name.startswith(('Get', 'List')): continue
                method = next(m for m, o in iam.meta.method_to_api_mapping.items() if o == name)
                code = outcome(getattr(iam, method))['Error']['Code'] if model.operation_model(name).input_shape and model.operation_model(name).input_shape.required_members else None
                assert code != 'InvalidAction', name
            """
        );

    [Fact]
    public Task The_service_linked_role_of_RDS_comes_with_the_first_cluster() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            own, rds = client('iam', '555566667777'), client('rds', '555566667777')
            fails('NoSuchEntity', 'The role with name AWSServiceRoleForRDS cannot be found.', own.get_role, RoleName='AWSServiceRoleForRDS')
            make = lambda name: rds.create_db_cluster(DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='admin1', MasterUserPassword='long-enough-1')
            assert outcome(rds.create_db_cluster, DBClusterIdentifier='c1', Engine='nothing')['ResponseMetadata']['HTTPStatusCode'] == 400
            assert own.list_roles()['Roles'] == []
            make('c1')
            role = own.get_role(RoleName='AWSServiceRoleForRDS')['Role']
            assert role['Arn'] == 'arn:aws:iam::555566667777:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS', role
            make('c2')
            assert own.get_role(RoleName='AWSServiceRoleForRDS')['Role']['RoleId'] == role['RoleId']
            assert [p['PolicyName'] for p in own.list_attached_role_policies(RoleName='AWSServiceRoleForRDS')['AttachedPolicies']] == ['AmazonRDSServiceRolePolicy']
            """
        );

    [Fact]
    public Task Who_may_not_make_the_service_linked_role_makes_no_first_cluster() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            own = client('iam', '666677778888')
            own.create_user(UserName='maker'); key = own.create_access_key(UserName='maker')['AccessKey']
            mine = client('rds', credentials=dict(AccessKeyId=key['AccessKeyId'], SecretAccessKey=key['SecretAccessKey']))
            policy = lambda *statements: own.put_user_policy(UserName='maker', PolicyName='p', PolicyDocument=document(*statements))
            refused = ('InvalidParameterValue', 'Unable to create the resource. Verify that you have permission to create service linked role. Otherwise wait and try again later.')
            master = dict(Engine='aurora-postgresql', MasterUsername='admin1', MasterUserPassword='long-enough-1')
            role = 'arn:aws:iam::*:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS'
            policy(allow('rds:*'))
            fails(*refused, mine.create_db_cluster, DBClusterIdentifier='c1', **master)
            fails(*refused, mine.create_db_instance, DBInstanceIdentifier='i1', Engine='postgres', DBInstanceClass='db.t3.micro', AllocatedStorage=20, MasterUsername='admin1', MasterUserPassword='long-enough-1')
            policy(allow('rds:*'), allow('iam:CreateServiceLinkedRole', role, Condition={'StringLike': {'iam:AWSServiceName': 'other.amazonaws.com'}}))
            fails(*refused, mine.create_db_cluster, DBClusterIdentifier='c1', **master)
            assert mine.describe_db_clusters()['DBClusters'] == [] and own.list_roles()['Roles'] == []
            policy(allow('rds:*'), allow('iam:CreateServiceLinkedRole', role, Condition={'StringLike': {'iam:AWSServiceName': 'rds.amazonaws.com'}}))
            mine.create_db_cluster(DBClusterIdentifier='c1', **master)
            policy(allow('rds:*'))
            mine.create_db_cluster(DBClusterIdentifier='c2', **master)
            """
        );

    [Fact]
    public Task The_service_linked_role_stays_while_there_are_clusters() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            own, rds = client('iam', '777788889999'), client('rds', '777788889999')
            rds.create_db_cluster(DBClusterIdentifier='c1', Engine='aurora-postgresql', MasterUsername='admin1', MasterUserPassword='long-enough-1')
            ended = lambda: own.get_service_linked_role_deletion_status(DeletionTaskId=own.delete_service_linked_role(RoleName='AWSServiceRoleForRDS')['DeletionTaskId'])
            kept = ended()
            assert kept['Status'] == 'FAILED' and kept['Reason']['RoleUsageList'] == [{'Region': 'us-east-1', 'Resources': ['arn:aws:rds:us-east-1:777788889999:cluster:c1']}], kept
            assert own.get_role(RoleName='AWSServiceRoleForRDS')
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='c1', WaiterConfig={'Delay': 1, 'MaxAttempts': 300})
            rds.delete_db_cluster(DBClusterIdentifier='c1', SkipFinalSnapshot=True)
            rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='c1', WaiterConfig={'Delay': 1, 'MaxAttempts': 300})
            assert ended()['Status'] == 'SUCCEEDED'
            fails('NoSuchEntity', 'The role with name AWSServiceRoleForRDS cannot be found.', own.get_role, RoleName='AWSServiceRoleForRDS')
            task = 'task/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS/00000000-0000-0000-0000-000000000000'
            fails('NoSuchEntity', f'Deletion task {task} cannot be found.', own.get_service_linked_role_deletion_status, DeletionTaskId=task)
            """
        );
}
