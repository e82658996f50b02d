namespace Daybreak.Cloud.Tests.Iam;

/// <summary>IAM as boto3 sees it.</summary>
[Trait("Pace", "slow")]
public sealed class IamTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Managed_policies_have_versions_limits_and_conflicts() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            A = '444455556666'
            arn = iam.create_policy(PolicyName='Versions', PolicyDocument=document(allow('s3:*')), Path='/a/', Tags=[{'Key': 'k', 'Value': 'v'}])['Policy']['Arn']
            assert arn == f'arn:aws:iam::{A}:policy/a/Versions', arn
            assert fails('EntityAlreadyExists', 'A policy called VERSIONS already exists. Duplicate names are not allowed.',
                iam.create_policy, PolicyName='VERSIONS', PolicyDocument=document(allow('s3:*'))) == 409
            for n in range(2, 6):
                made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(allow(f's3:Get{n}')), SetAsDefault=n == 3)['PolicyVersion']
                assert made['VersionId'] == f'v{n}' and made['IsDefaultVersion'] == (n == 3) and 'Document' not in made
            fails('LimitExceeded', 'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
                iam.create_policy_version, PolicyArn=arn, PolicyDocument=document(allow('s3:*')))
            listed = iam.list_policy_versions(PolicyArn=arn)['Versions']
            assert [v['VersionId'] for v in listed] == ['v5', 'v4', 'v3', 'v2', 'v1'], listed
            assert iam.get_policy_version(PolicyArn=arn, VersionId='v2')['PolicyVersion']['Document']['Statement'][0]['Action'] == 's3:Get2'
            assert iam.get_policy(PolicyArn=arn)['Policy']['DefaultVersionId'] == 'v3'
            fails('DeleteConflict', 'Cannot delete the default version of a policy.', iam.delete_policy_version, PolicyArn=arn, VersionId='v3')
            fails('DeleteConflict', "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.", iam.delete_policy, PolicyArn=arn)
            for n in (1, 2, 4, 5): iam.delete_policy_version(PolicyArn=arn, VersionId=f'v{n}')
            fails('NoSuchEntity', f'Policy {arn} version v2 does not exist or is not attachable.', iam.get_policy_version, PolicyArn=arn, VersionId='v2')
            assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(allow('s3:*')))['PolicyVersion']['VersionId'] == 'v6'
            iam.delete_policy_version(PolicyArn=arn, VersionId='v6')
            iam.create_user(UserName='carrier'); iam.attach_user_policy(UserName='carrier', PolicyArn=arn)
            assert iam.get_policy(PolicyArn=arn)['Policy']['AttachmentCount'] == 1
            assert [u['UserName'] for u in iam.list_entities_for_policy(PolicyArn=arn)['PolicyUsers']] == ['carrier']
            fails('DeleteConflict', 'Cannot delete a policy attached to entities.', iam.delete_policy, PolicyArn=arn)
            iam.detach_user_policy(UserName='carrier', PolicyArn=arn)
            fails('NoSuchEntity', f'Policy {arn} was not found.', iam.detach_user_policy, UserName='carrier', PolicyArn=arn)
            iam.delete_policy(PolicyArn=arn)
            fails('NoSuchEntity', f'Policy {arn} was not found.', iam.get_policy, PolicyArn=arn)
            long = document(*[allow(f's3:Get{n}' + 'x' * 60) for n in range(60)])
            fails('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', iam.create_policy, PolicyName='Long', PolicyDocument=long)
            spaced = document(allow('s3:*')).replace(' ', ' ' * 3000)
            iam.create_policy(PolicyName='Spaced', PolicyDocument=spaced)
            fails('MalformedPolicyDocument', 'Policy statement must contain resources.', iam.create_policy, PolicyName='Bad', PolicyDocument=document(dict(Effect='Allow', Action='s3:*')))
            fails('ValidationError', "The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
                iam.create_policy, PolicyName='a b', PolicyDocument=document(allow('s3:*')))
            iam.tag_policy(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced', Tags=[{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': '2'}])
            iam.tag_policy(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced', Tags=[{'Key': 'A', 'Value': '3'}])
            iam.untag_policy(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced', TagKeys=['b'])
            assert iam.list_policy_tags(PolicyArn=f'arn:aws:iam::{A}:policy/Spaced')['Tags'] == [{'Key': 'A', 'Value': '3'}]
            """
        );

    [Fact]
    public Task Policies_of_AWS_are_there_and_nobody_changes_them() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            p = 'arn:aws:iam::aws:policy/'
            for name in ('service-role/AWSLambdaRole', 'service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaVPCAccessExecutionRole', 'AWSLambda_FullAccess',
                         'AmazonRDSFullAccess', 'AdministratorAccess', 'ReadOnlyAccess', 'AmazonVPCFullAccess'):
                policy = iam.get_policy(PolicyArn=p + name)['Policy']
                assert policy['Arn'] == p + name
                assert iam.get_policy_version(PolicyArn=p + name, VersionId=policy['DefaultVersionId'])['PolicyVersion']['Document']['Statement']
            basic = iam.get_policy_version(PolicyArn=p + 'service-role/AWSLambdaRole', VersionId='v1')['PolicyVersion']
            assert basic['Document'] == {'Version': '2012-10-17', 'Statement': [{'Action': ['lambda:InvokeFunction'], 'Resource': ['*'], 'Effect': 'Allow'}]}, basic
            assert str(basic['CreateDate']) == '2015-02-06 18:41:28+00:00', basic
            assert len(iam.list_policies(Scope='AWS', MaxItems=1000)['Policies']) >= 30
            assert fails('AccessDenied', 'Policy is outside your own account.', iam.delete_policy, PolicyArn=p + 'AdministratorAccess') == 403
            names = [x['PolicyName'] for page in iam.get_paginator('list_policies').paginate(Scope='AWS', PaginationConfig={'PageSize': 7}) for x in page['Policies']]
            assert len(names) == len(set(names)) >= 30
            """
        );

    [Fact]
    public Task Every_policy_of_AWS_can_be_attached_and_evaluated() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            for x in iam.list_policies(Scope='AWS', MaxItems=1000)['Policies']:
                if '/aws-service-role/' in x['Arn']: continue
                name = x['PolicyName'] + '-role'
                arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'Service': 'ec2.amazonaws.com'}))['Role']['Arn']
                iam.attach_role_policy(RoleName=name, PolicyArn=x['Arn'])
                result = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=['logs:CreateLogGroup', 'lambda:InvokeFunction', 'rds:CreateDBCluster', 'ec2:DescribeVpcs'])
                decisions = {r['EvalActionName']: r['EvalDecision'] for r in result['EvaluationResults']}
                if x['PolicyName'] == 'AdministratorAccess': assert set(decisions.values()) == {'allowed'}
                if x['PolicyName'] == 'AWSLambdaRole': assert decisions['lambda:InvokeFunction'] == 'allowed' and decisions['logs:CreateLogGroup'] == 'implicitDeny'
                if x['PolicyName'] == 'ReadOnlyAccess': assert decisions['ec2:DescribeVpcs'] == 'allowed' and decisions['rds:CreateDBCluster'] == 'implicitDeny'
            """
        );

    [Fact]
    public Task Roles_live_and_die_by_the_rules() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            A = '444455556666'
            ec2 = trust({'Service': 'ec2.amazonaws.com'})
            role = iam.create_role(RoleName='Life', AssumeRolePolicyDocument=ec2, Description='d', MaxSessionDuration=4000, PermissionsBoundary='arn:aws:iam::aws:policy/AdministratorAccess')['Role']
            assert role['RoleId'].startswith('AROA') and len(role['RoleId']) == 21 and 'MaxSessionDuration' not in role
            fails('EntityAlreadyExists', 'Role with name LIFE already exists.', iam.create_role, RoleName='LIFE', AssumeRolePolicyDocument=ec2)
            got = iam.get_role(RoleName='life')['Role']
            assert got['MaxSessionDuration'] == 4000 and got['Description'] == 'd' and got['PermissionsBoundary']['PermissionsBoundaryArn'].endswith('AdministratorAccess')
            fails('NoSuchEntity', 'The role with name none cannot be found.', iam.get_role, RoleName='none')
            fails('MalformedPolicyDocument', f'Invalid principal in policy: "AWS":"arn:aws:iam::{A}:role/ghost"', iam.create_role, RoleName='x', AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:role/ghost'}))
            fails('MalformedPolicyDocument', 'Has prohibited field Resource', iam.create_role, RoleName='x', AssumeRolePolicyDocument=document(dict(Effect='Allow', Principal='*', Action='sts:AssumeRole', Resource='*')))
            fails('LimitExceeded', 'Cannot exceed quota for ACLSizePerRole: 2048', iam.create_role, RoleName='x', AssumeRolePolicyDocument=trust({'AWS': ['444455556666'] * 200}))
            assert fails('ValidationError', "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
                iam.create_role, RoleName='x', AssumeRolePolicyDocument=ec2, MaxSessionDuration=10) == 400

            iam.attach_role_policy(RoleName='Life', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
            iam.attach_role_policy(RoleName='Life', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
            assert iam.list_attached_role_policies(RoleName='Life')['AttachedPolicies'] == [{'PolicyName': 'AWSLambdaRole', 'PolicyArn': 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole'}]
            fails('DeleteConflict', 'Cannot delete entity, must detach all policies first.', iam.delete_role, RoleName='Life')
            iam.detach_role_policy(RoleName='Life', PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
            for n in range(10): iam.attach_role_policy(RoleName='Life', PolicyArn=iam.create_policy(PolicyName=f'ten{n}', PolicyDocument=document(allow('s3:*')))['Policy']['Arn'])
            fails('LimitExceeded', 'Cannot exceed quota for PoliciesPerRole: 10', iam.attach_role_policy, RoleName='Life', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
            for n in range(10): iam.detach_role_policy(RoleName='Life', PolicyArn=f'arn:aws:iam::{A}:policy/ten{n}')
            iam.put_role_policy(RoleName='Life', PolicyName='in', PolicyDocument=document(allow('s3:*')))
            fails('LimitExceeded', 'Maximum policy size of 10240 bytes exceeded for role Life', iam.put_role_policy, RoleName='Life', PolicyName='big', PolicyDocument=document(*[allow('s3:' + 'x' * 100) for n in range(100)]))
            assert iam.list_role_policies(RoleName='Life')['PolicyNames'] == ['in']
            fails('NoSuchEntity', 'The role policy with name out cannot be found.', iam.get_role_policy, RoleName='Life', PolicyName='out')
            fails('DeleteConflict', 'Cannot delete entity, must delete policies first.', iam.delete_role, RoleName='Life')
            iam.delete_role_policy(RoleName='Life', PolicyName='in')
            profile = iam.create_instance_profile(InstanceProfileName='Life')['InstanceProfile']
            assert profile['InstanceProfileId'].startswith('AIPA') and profile['Roles'] == []
            iam.add_role_to_instance_profile(InstanceProfileName='Life', RoleName='Life')
            fails('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1', iam.add_role_to_instance_profile, InstanceProfileName='Life', RoleName='Life')
            assert [p['InstanceProfileName'] for p in iam.list_instance_profiles_for_role(RoleName='Life')['InstanceProfiles']] == ['Life']
            fails('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.', iam.delete_role, RoleName='Life')
            iam.remove_role_from_instance_profile(InstanceProfileName='Life', RoleName='Life'); iam.delete_instance_profile(InstanceProfileName='Life')
            iam.update_role(RoleName='Life', Description='e'); assert iam.get_role(RoleName='Life')['Role']['Description'] == 'e'
            iam.tag_role(RoleName='Life', Tags=[{'Key': 'k', 'Value': 'v'}]); assert iam.list_role_tags(RoleName='Life')['Tags'] == [{'Key': 'k', 'Value': 'v'}]
            fails('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.', iam.tag_role, RoleName='Life', Tags=[{'Key': 'k', 'Value': 'v'}, {'Key': 'K', 'Value': 'v'}])
            iam.untag_role(RoleName='Life', TagKeys=['k'])

            iam.create_role(RoleName='Trusted', AssumeRolePolicyDocument=ec2); old = iam.get_role(RoleName='Trusted')['Role']
            iam.update_assume_role_policy(RoleName='Life', PolicyDocument=trust({'AWS': old['Arn']}))
            shown = lambda: iam.get_role(RoleName='Life')['Role']['AssumeRolePolicyDocument']['Statement'][0]['Principal']['AWS']
            assert shown() == old['Arn']
            iam.delete_role(RoleName='Trusted'); assert shown() == old['RoleId']
            iam.create_role(RoleName='Trusted', AssumeRolePolicyDocument=ec2); assert shown() == old['RoleId']
            iam.delete_role(RoleName='Life')
            iam.create_service_linked_role(AWSServiceName='rds.amazonaws.com')
            fails('UnmodifiableEntity', "Cannot perform the operation on the protected role 'AWSServiceRoleForRDS' - this role is only modifiable by AWS", iam.delete_role, RoleName='AWSServiceRoleForRDS')
            """
        );

    [Fact]
    public Task Users_groups_and_keys() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            A = '444455556666'
            fails('NoSuchEntity', 'The user with name dan cannot be found.', iam.get_user, UserName='dan')
            dan = iam.create_user(UserName='dan', Tags=[{'Key': 'k', 'Value': 'v'}])['User']; assert dan['UserId'].startswith('AIDA') and dan['Tags']
            fails('EntityAlreadyExists', 'User with name DAN already exists.', iam.create_user, UserName='DAN')
            assert iam.create_group(GroupName='devs')['Group']['GroupId'].startswith('AGPA')
            iam.add_user_to_group(GroupName='devs', UserName='dan')
            assert [u['UserName'] for u in iam.get_group(GroupName='devs')['Users']] == ['dan']
            assert [g['GroupName'] for g in iam.list_groups_for_user(UserName='dan')['Groups']] == ['devs']
            key = iam.create_access_key(UserName='dan')['AccessKey']; assert key['AccessKeyId'].startswith('AKIA') and len(key['AccessKeyId']) == 20 and len(key['SecretAccessKey']) == 40
            assert iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['AccessKeyLastUsed'] == {'ServiceName': 'N/A', 'Region': 'N/A'}
            diam = client('iam', credentials=key)
            fails('AccessDenied', f'User: arn:aws:iam::{A}:user/dan is not authorized to perform: iam:GetUser on resource: arn:aws:iam::{A}:user/dan because no identity-based policy allows the iam:GetUser action', diam.get_user)
            iam.put_group_policy(GroupName='devs', PolicyName='self', PolicyDocument=document(allow('iam:*', 'arn:aws:iam::*:user/${aws:username}')))
            assert diam.get_user()['User']['UserName'] == 'dan'
            second = diam.create_access_key()['AccessKey']
            fails('LimitExceeded', 'Cannot exceed quota for AccessKeysPerUser: 2', diam.create_access_key)
            used = iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId']); assert used['UserName'] == 'dan' and used['AccessKeyLastUsed']['ServiceName'] == 'iam', used
            assert len(diam.list_access_keys()['AccessKeyMetadata']) == 2
            iam.update_access_key(UserName='dan', AccessKeyId=second['AccessKeyId'], Status='Inactive')
            fails('InvalidClientTokenId', 'The security token included in the request is invalid.', client('iam', credentials=second).get_user)
            fails('DeleteConflict', 'Cannot delete entity, must remove referenced objects first.', iam.delete_user, UserName='dan')
            iam.update_user(UserName='dan', NewUserName='daniel', NewPath='/x/')
            assert diam.get_user()['User']['Arn'] == f'arn:aws:iam::{A}:user/x/daniel' if False else iam.get_user(UserName='daniel')['User']['Arn'] == f'arn:aws:iam::{A}:user/x/daniel'
            iam.remove_user_from_group(GroupName='devs', UserName='daniel')
            try: diam.get_user(UserName='daniel'); raise AssertionError('still allowed')
            except ClientError as e: assert e.response['Error']['Code'] == 'AccessDenied', e
            for k in (key, second): iam.delete_access_key(UserName='daniel', AccessKeyId=k['AccessKeyId'])
            fails('InvalidClientTokenId', 'The security token included in the request is invalid.', diam.get_user)
            iam.delete_user(UserName='daniel'); iam.delete_group_policy(GroupName='devs', PolicyName='self'); iam.delete_group(GroupName='devs')
            summary = iam.get_account_summary()['SummaryMap']; assert summary['PolicySizeQuota'] == 6144 and summary['Groups'] >= 0
            for n in range(25): iam.create_user(UserName=f'many{n:02}', Path='/many/')
            pages = list(iam.get_paginator('list_users').paginate(PathPrefix='/many/', PaginationConfig={'PageSize': 10}))
            assert [len(p['Users']) for p in pages] == [10, 10, 5] and [p['IsTruncated'] for p in pages] == [True, True, False]
            assert iam.list_account_aliases()['AccountAliases'] == []
            other = client('iam', '111122223333'); assert other.list_users()['Users'] == []
            """
        );

    [Fact]
    public Task Simulation_tells_what_would_happen_and_why() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            invoke = allow('lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:simple', Condition={'StringEquals': {'aws:RequestedRegion': 'us-east-1'}})
            def simulate(**more): return iam.simulate_custom_policy(PolicyInputList=[document(invoke, deny('lambda:DeleteFunction'))],
                ActionNames=['lambda:InvokeFunction', 'lambda:DeleteFunction', 'lambda:ListFunctions'], ResourceArns=['arn:aws:lambda:us-east-1:444455556666:function:simple'], **more)['EvaluationResults']
            results = simulate()
            assert [r['EvalDecision'] for r in results] == ['implicitDeny', 'explicitDeny', 'implicitDeny'], results
            assert results[0]['MissingContextValues'] == ['aws:RequestedRegion']
            results = simulate(ContextEntries=[{'ContextKeyName': 'aws:RequestedRegion', 'ContextKeyValues': ['us-east-1'], 'ContextKeyType': 'string'}])
            assert [r['EvalDecision'] for r in results] == ['allowed', 'explicitDeny', 'implicitDeny'], results
            assert results[0]['MatchedStatements'][0]['SourcePolicyId'] == 'PolicyInputList.1'
            assert results[1]['ResourceSpecificResults'][0]['EvalResourceDecision'] == 'explicitDeny'
            bounded = simulate(PermissionsBoundaryPolicyInputList=[document(allow('s3:*'))], ContextEntries=[{'ContextKeyName': 'aws:RequestedRegion', 'ContextKeyValues': ['us-east-1'], 'ContextKeyType': 'string'}])
            assert bounded[0]['EvalDecision'] == 'implicitDeny' and bounded[0]['PermissionsBoundaryDecisionDetail'] == {'AllowedByPermissionsBoundary': False}
            assert iam.get_context_keys_for_custom_policy(PolicyInputList=[document(invoke)])['ContextKeyNames'] == ['aws:RequestedRegion']
            arn = iam.create_role(RoleName='simulated', AssumeRolePolicyDocument=trust({'Service': 'ec2.amazonaws.com'}))['Role']['Arn']
            iam.put_role_policy(RoleName='simulated', PolicyName='p', PolicyDocument=document(invoke))
            assert iam.get_context_keys_for_principal_policy(PolicySourceArn=arn)['ContextKeyNames'] == ['aws:RequestedRegion']
            try: iam.simulate_principal_policy(PolicySourceArn=arn + 'x', ActionNames=['s3:*']); raise AssertionError('no such role')
            except ClientError as e: assert e.response['Error']['Code'] == 'NoSuchEntity'
            """
        );
}
