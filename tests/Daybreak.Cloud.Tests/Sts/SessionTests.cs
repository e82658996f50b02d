namespace Daybreak.Cloud.Tests.Sts;

/// <summary>Temporary credentials, asked for and used by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class SessionTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Sessions_are_who_they_say_and_may_what_role_and_session_policy_both_allow() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            A = '444455556666'
            alice = iam.create_user(UserName='alice', Path='/staff/')['User']
            key = iam.create_access_key(UserName='alice')['AccessKey']
            asts = client('sts', credentials=key)
            me = asts.get_caller_identity()
            assert (me['UserId'], me['Arn'], me['Account']) == (alice['UserId'], f'arn:aws:iam::{A}:user/staff/alice', A), me

            role = iam.create_role(RoleName='worker', Path='/deep/er/', AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:user/staff/alice'},
                Condition={'StringEquals': {'sts:ExternalId': 'secret'}}), MaxSessionDuration=7200)['Role']
            denied = f'User: arn:aws:iam::{A}:user/staff/alice is not authorized to perform: sts:AssumeRole on resource: '
            assert fails('AccessDenied', denied + role['Arn'], asts.assume_role, RoleArn=role['Arn'], RoleSessionName='s1') == 403
            fails('AccessDenied', denied + role['Arn'], asts.assume_role, RoleArn=role['Arn'], RoleSessionName='s1', ExternalId='wrong')
            missing = f'arn:aws:iam::{A}:role/none'
            fails('AccessDenied', denied + missing, asts.assume_role, RoleArn=missing, RoleSessionName='s1')
            fails('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
                asts.assume_role, RoleArn=role['Arn'], RoleSessionName='s1', ExternalId='secret', DurationSeconds=7201)

            answer = asts.assume_role(RoleArn=role['Arn'], RoleSessionName='s1', ExternalId='secret', DurationSeconds=7200)
            assert 'PackedPolicySize' not in answer
            assert answer['AssumedRoleUser'] == {'AssumedRoleId': role['RoleId'] + ':s1', 'Arn': f'arn:aws:sts::{A}:assumed-role/worker/s1'}, answer
            c = answer['Credentials']
            assert c['AccessKeyId'].startswith('ASIA') and len(c['AccessKeyId']) == 20 and len(c['SecretAccessKey']) == 40
            me = client('sts', credentials=c).get_caller_identity()
            assert (me['UserId'], me['Arn']) == (role['RoleId'] + ':s1', f'arn:aws:sts::{A}:assumed-role/worker/s1')
            fails('InvalidClientTokenId', 'The security token included in the request is invalid', client('sts', c['AccessKeyId'], c['SecretAccessKey']).get_caller_identity)

            user = f'User: arn:aws:sts::{A}:assumed-role/worker/s1 is not authorized to perform: iam:GetRole on resource: {role["Arn"]} '
            siam = client('iam', credentials=c)
            fails('AccessDenied', user + 'because no identity-based policy allows the iam:GetRole action', siam.get_role, RoleName='worker')
            iam.put_role_policy(RoleName='worker', PolicyName='p', PolicyDocument=document(allow('iam:Get*')))
            siam.get_role(RoleName='worker')
            limited = asts.assume_role(RoleArn=role['Arn'], RoleSessionName='s1', ExternalId='secret', Policy=document(allow('iam:ListRoles')))
            assert limited['PackedPolicySize'] > 0
            liam = client('iam', credentials=limited['Credentials'])
            fails('AccessDenied', user + 'because no session policy allows the iam:GetRole action', liam.get_role, RoleName='worker')
            fails('AccessDenied', f'User: arn:aws:sts::{A}:assumed-role/worker/s1 is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::{A}:role/ '
                'because no identity-based policy allows the iam:ListRoles action', liam.list_roles)
            iam.put_role_permissions_boundary(RoleName='worker', PermissionsBoundary='arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
            fails('AccessDenied', user + 'because no permissions boundary allows the iam:GetRole action', siam.get_role, RoleName='worker')
            iam.delete_role_permissions_boundary(RoleName='worker')
            iam.put_role_policy(RoleName='worker', PolicyName='q', PolicyDocument=document(deny('iam:GetRole')))
            fails('AccessDenied', user + 'with an explicit deny in an identity-based policy', siam.get_role, RoleName='worker')
            iam.delete_role_policy(RoleName='worker', PolicyName='q')
            siam.get_role(RoleName='worker')
            iam.delete_role_policy(RoleName='worker', PolicyName='p'); iam.delete_role(RoleName='worker')
            fails('AccessDenied', f'User: arn:aws:sts::{A}:assumed-role/worker/s1 is not authorized to perform: iam:GetRole on resource: arn:aws:iam::{A}:role/worker '
                'because no identity-based policy allows the iam:GetRole action', siam.get_role, RoleName='worker')
            """
        );

    [Fact]
    public Task A_role_was_last_used_when_and_where_a_session_of_it_last_asked() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            import datetime
            key = [iam.create_user(UserName='erin'), iam.create_access_key(UserName='erin')][1]['AccessKey']
            erins = trust({'AWS': 'arn:aws:iam::444455556666:user/erin'})
            used = lambda: iam.get_role(RoleName='used')['Role']['RoleLastUsed']
            arn = iam.create_role(RoleName='used', AssumeRolePolicyDocument=erins)['Role']['Arn']
            assert used() == {}, used()
            c = client('sts', credentials=key).assume_role(RoleArn=arn, RoleSessionName='s1')['Credentials']
            assert used() == {}, used()
            session = boto3.Session(c['AccessKeyId'], c['SecretAccessKey'], c['SessionToken'])
            call = lambda region: session.client('lambda', endpoint_url=os.environ['AWS_ENDPOINT_URL'], region_name=region, config=quiet).list_functions()
            for region in ('eu-west-1', 'us-west-2'):
                assert outcome(call, region)['Error']['Code'] == 'AccessDeniedException'  # an attempt is a use
                assert used()['Region'] == region
                assert abs(used()['LastUsedDate'] - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=1)
            assert 'RoleLastUsed' not in [r for r in iam.list_roles()['Roles'] if r['RoleName'] == 'used'][0]
            iam.delete_role(RoleName='used'); iam.create_role(RoleName='used', AssumeRolePolicyDocument=erins)
            outcome(call, 'eu-west-1')  # a session of the one that is gone
            assert used() == {}, used()
            """
        );

    [Fact]
    public Task Users_get_session_tokens_and_federation_tokens() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            A = '444455556666'
            iam.create_user(UserName='bob')
            iam.attach_user_policy(UserName='bob', PolicyArn='arn:aws:iam::aws:policy/IAMReadOnlyAccess')
            key = iam.create_access_key(UserName='bob')['AccessKey']
            bob = client('sts', credentials=key)
            token = bob.get_session_token()['Credentials']
            client('iam', credentials=token).get_user(UserName='bob')
            assert client('sts', credentials=token).get_caller_identity()['Arn'] == f'arn:aws:iam::{A}:user/bob'
            fails('AccessDenied', 'Cannot call GetSessionToken with session credentials', client('sts', credentials=token).get_session_token)
            assert client('sts').get_access_key_info(AccessKeyId=key['AccessKeyId'])['Account'] == A
            assert client('sts').get_access_key_info(AccessKeyId=token['AccessKeyId'])['Account'] == A
            fails('AccessDenied', f'User: arn:aws:iam::{A}:user/bob is not authorized to perform: sts:GetFederationToken on resource: '
                f'arn:aws:sts::{A}:federated-user/fred because no identity-based policy allows the sts:GetFederationToken action', bob.get_federation_token, Name='fred')
            iam.put_user_policy(UserName='bob', PolicyName='f', PolicyDocument=document(allow('sts:GetFederationToken')))
            fred = bob.get_federation_token(Name='fred', Policy=document(allow('iam:GetUser')))['Credentials']
            client('iam', credentials=fred).get_user(UserName='bob')
            fails('AccessDenied', f'User: arn:aws:sts::{A}:federated-user/fred is not authorized to perform: iam:GetGroup on resource: arn:aws:iam::{A}:group/g '
                'because no session policy allows the iam:GetGroup action', client('iam', credentials=fred).get_group, GroupName='g')
            fails('MalformedPolicyDocument', 'Syntax errors in policy.', bob.get_federation_token, Name='fred', Policy='{}')
            """
        );

    [Fact]
    public Task Session_tags_pass_trust_and_become_principal_tags() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            A = '444455556666'
            iam.create_user(UserName='carol'); key = iam.create_access_key(UserName='carol')['AccessKey']
            carol = client('sts', credentials=key)
            role = iam.create_role(RoleName='tagged', AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:user/carol'}))['Role']['Arn']
            tags = [{'Key': 'team', 'Value': 'red'}]
            fails('AccessDenied', f'User: arn:aws:iam::{A}:user/carol is not authorized to perform: sts:TagSession on resource: {role}',
                carol.assume_role, RoleArn=role, RoleSessionName='ss', Tags=tags)
            iam.update_assume_role_policy(RoleName='tagged', PolicyDocument=document(dict(Effect='Allow', Principal={'AWS': f'arn:aws:iam::{A}:user/carol'},
                Action=['sts:AssumeRole', 'sts:TagSession'], Condition={'StringLike': {'aws:RequestTag/team': '*'}})))
            iam.put_role_policy(RoleName='tagged', PolicyName='p', PolicyDocument=document(allow('iam:GetUser', 'arn:aws:iam::*:user/${aws:PrincipalTag/team}')))
            red = client('iam', credentials=carol.assume_role(RoleArn=role, RoleSessionName='ss', Tags=tags)['Credentials'])
            iam.create_user(UserName='red'); iam.create_user(UserName='blue')
            red.get_user(UserName='red')
            try: red.get_user(UserName='blue'); raise AssertionError('blue is not red')
            except ClientError as e: assert e.response['Error']['Code'] == 'AccessDenied'
            """
        );
}
