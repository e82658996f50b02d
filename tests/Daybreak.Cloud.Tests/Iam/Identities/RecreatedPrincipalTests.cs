using System.Collections.Immutable;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Tests.Iam.Identities;

/// <summary>A user or role that is deleted and made anew under its name is somebody else, for every policy of a resource.</summary>
[Trait("Pace", "slow")]
public sealed class RecreatedPrincipalTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Steps = """
        import io, zipfile
        A = '444455556666'
        lam, ec2 = client('lambda'), client('ec2')
        code = io.BytesIO()
        with zipfile.ZipFile(code, 'w') as z: z.writestr('app.py', 'def handler(e, c): return 1')
        iam.create_role(RoleName='lam', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
        f = lam.create_function(FunctionName='f', Runtime='python3.12', Handler='app.handler', Role=f'arn:aws:iam::{A}:role/lam', Code={'ZipFile': code.getvalue()})['FunctionArn']
        def user(name):
            user = iam.create_user(UserName=name)['User']
            return user['Arn'], user['UserId'], iam.create_access_key(UserName=name)['AccessKey']
        def remake(name):
            for key in iam.list_access_keys(UserName=name)['AccessKeyMetadata']: iam.delete_access_key(UserName=name, AccessKeyId=key['AccessKeyId'])
            iam.delete_user(UserName=name)
            return user(name)
        def principals(text): return [s['Principal'] for s in json.loads(text)['Statement']]

        """;

    [Fact]
    public Task Permission_of_a_function_is_not_for_whoever_comes_to_bear_the_name() =>
        Boto.RunAsync(
            cloud.Endpoint,
            Steps
                + """
                arn, id, key = user('guest')
                lam.add_permission(FunctionName='f', StatementId='s1', Action='lambda:InvokeFunction', Principal=arn)
                call = lambda key: client('lambda', credentials=key).invoke(FunctionName='f', InvocationType='DryRun')
                assert call(key)['StatusCode'] == 204
                assert principals(lam.get_policy(FunctionName='f')['Policy']) == [{'AWS': arn}]
                arn, second, key = remake('guest')
                fails('AccessDeniedException', f'User: {arn} is not authorized to perform: lambda:InvokeFunction on resource: {f} because no identity-based policy allows the lambda:InvokeFunction action', call, key)
                assert principals(lam.get_policy(FunctionName='f')['Policy']) == [{'AWS': id}]
                lam.add_permission(FunctionName='f', StatementId='s2', Action='lambda:InvokeFunction', Principal=arn)
                assert call(key)['StatusCode'] == 204
                assert principals(lam.get_policy(FunctionName='f')['Policy']) == [{'AWS': id}, {'AWS': arn}]
                for nobody in ('user/nobody', 'role/nobody'):
                    fails('InvalidParameterValueException', 'The provided principal was invalid. Please check the principal and try again.',
                        lam.add_permission, FunctionName='f', StatementId='s3', Action='lambda:InvokeFunction', Principal=f'arn:aws:iam::{A}:{nobody}')
                lam.delete_function(FunctionName='f'); iam.delete_role(RoleName='lam')
                """
        );

    [Fact]
    public Task Trust_in_a_role_or_in_one_of_its_sessions_ends_with_the_role() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            A = '444455556666'
            role = lambda name, principal: iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'AWS': principal}))['Role']
            first = role('caller', A)
            byrole, bysession = role('by-role', first['Arn'])['Arn'], role('by-session', f'arn:aws:sts::{A}:assumed-role/caller/s1')['Arn']
            escaped = iam.create_role(RoleName='escaped', AssumeRolePolicyDocument=trust({'AWS': first['Arn']}).replace('role/', 'role\\/'))['Role']['Arn']
            def assume(target):
                c = sts.assume_role(RoleArn=first['Arn'], RoleSessionName='s1')['Credentials']
                return client('sts', credentials=c).assume_role(RoleArn=target, RoleSessionName='s2')
            for target in (byrole, bysession, escaped): assume(target)
            iam.delete_role(RoleName='caller'); again = role('caller', A)
            for target in (byrole, bysession, escaped):
                fails('AccessDenied', f'User: arn:aws:sts::{A}:assumed-role/caller/s1 is not authorized to perform: sts:AssumeRole on resource: {target}', assume, target)
            shown = lambda name: iam.get_role(RoleName=name)['Role']['AssumeRolePolicyDocument']['Statement'][0]['Principal']['AWS']
            assert (shown('by-role'), shown('by-session'), shown('escaped')) == (first['RoleId'], first['RoleId'] + ':s1', first['RoleId'])
            for nobody in (f'arn:aws:iam::{A}:user/nobody', f'arn:aws:sts::{A}:assumed-role/nobody/s1'):
                fails('MalformedPolicyDocument', f'Invalid principal in policy: "AWS":"{nobody}"', role, 'trusting-nobody', nobody)
            """
        );

    [Fact]
    public Task Path_with_quotes_and_backslashes_is_no_way_in() =>
        Boto.RunAsync(
            cloud.Endpoint,
            Steps
                + """
                def odd(name):
                    user = iam.create_user(UserName=name, Path='/a"b\\c<&/')['User']
                    return user['Arn'], user['UserId'], iam.create_access_key(UserName=name)['AccessKey']
                arn, id, key = odd('odd')
                lam.add_permission(FunctionName='f', StatementId='s1', Action='lambda:InvokeFunction', Principal=arn)
                call = lambda key: client('lambda', credentials=key).invoke(FunctionName='f', InvocationType='DryRun')
                assert call(key)['StatusCode'] == 204
                iam.delete_access_key(UserName='odd', AccessKeyId=key['AccessKeyId']); iam.delete_user(UserName='odd')
                arn, second, key = odd('odd')
                fails('AccessDeniedException', f'User: {arn} is not authorized to perform: lambda:InvokeFunction on resource: {f} because no identity-based policy allows the lambda:InvokeFunction action', call, key)
                assert principals(lam.get_policy(FunctionName='f')['Policy']) == [{'AWS': id}]
                lam.delete_function(FunctionName='f'); iam.delete_role(RoleName='lam')
                """
        );

    [Fact]
    public Task Session_of_a_role_that_is_gone_has_nothing_of_what_is_given_to_its_namesake() =>
        Boto.RunAsync(
            cloud.Endpoint,
            Steps
                + """
                role = lambda: iam.create_role(RoleName='worker', AssumeRolePolicyDocument=trust({'AWS': A}))['Role']['Arn']
                assume = lambda: client('lambda', credentials=sts.assume_role(RoleArn=arn, RoleSessionName='s1')['Credentials'])
                call = lambda session: session.invoke(FunctionName='f', InvocationType='DryRun')
                arn = role(); old = assume()
                iam.delete_role(RoleName='worker'); role(); new = assume()
                lam.add_permission(FunctionName='f', StatementId='s1', Action='lambda:InvokeFunction', Principal=arn)
                assert call(new)['StatusCode'] == 204
                session = f'arn:aws:sts::{A}:assumed-role/worker/s1'
                denied = f'User: {session} is not authorized to perform: lambda:InvokeFunction on resource: {f} because no identity-based policy allows the lambda:InvokeFunction action'
                fails('AccessDeniedException', denied, call, old)
                lam.add_permission(FunctionName='f', StatementId='s2', Action='lambda:InvokeFunction', Principal=session)
                assert call(new)['StatusCode'] == 204
                fails('AccessDeniedException', denied, call, old)
                lam.delete_function(FunctionName='f'); iam.delete_role(RoleName='lam')
                """
        );

    [Fact]
    public Task Session_keeps_its_limits_when_the_policy_that_limits_it_is_deleted() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            role = iam.create_role(RoleName='wide', AssumeRolePolicyDocument=trust({'AWS': '444455556666'}))['Role']['Arn']
            iam.attach_role_policy(RoleName='wide', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
            limit = iam.create_policy(PolicyName='limit', PolicyDocument=document(dict(Effect='Allow', Action='iam:ListRoles', Resource='*')))['Policy']['Arn']
            session = client('iam', credentials=sts.assume_role(RoleArn=role, RoleSessionName='s1', PolicyArns=[{'arn': limit}])['Credentials'])
            session.list_roles()
            user = 'User: arn:aws:sts::444455556666:assumed-role/wide/s1 is not authorized to perform: '
            why = ' on resource: arn:aws:iam::444455556666:{} because no session policy allows the {} action'
            fails('AccessDenied', user + 'iam:ListUsers' + why.format('user/', 'iam:ListUsers'), session.list_users)
            iam.delete_policy(PolicyArn=limit)
            fails('AccessDenied', user + 'iam:ListUsers' + why.format('user/', 'iam:ListUsers'), session.list_users)
            fails('AccessDenied', user + 'iam:ListRoles' + why.format('role/', 'iam:ListRoles'), session.list_roles)
            """
        );

    [Fact]
    public Task Policy_of_an_endpoint_shows_the_id_of_a_user_who_is_gone() =>
        Boto.RunAsync(
            cloud.Endpoint,
            """
            ec2 = client('ec2')
            vpc = ec2.describe_vpcs()['Vpcs'][0]['VpcId']
            def user(): return iam.create_user(UserName='visitor')['User']
            def policy(arn): return document(dict(Effect='Allow', Principal={'AWS': arn}, Action='*', Resource='*'))
            first = user()
            made = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName='com.amazonaws.us-east-1.s3', PolicyDocument=policy(first['Arn']))['VpcEndpoint']
            shown = lambda: json.loads(ec2.describe_vpc_endpoints(VpcEndpointIds=[made['VpcEndpointId']])['VpcEndpoints'][0]['PolicyDocument'])['Statement'][0]['Principal']
            assert shown() == {'AWS': first['Arn']}
            iam.delete_user(UserName='visitor'); second = user()
            assert shown() == {'AWS': first['UserId']}, shown()
            ec2.modify_vpc_endpoint(VpcEndpointId=made['VpcEndpointId'], PolicyDocument=policy(second['Arn']))
            assert shown() == {'AWS': second['Arn']}
            nobody = second['Arn'] + '-2'
            fails('InvalidPolicyDocument', f'The Policy Document is invalid: Invalid principal in policy: "AWS":"{nobody}"',
                ec2.modify_vpc_endpoint, VpcEndpointId=made['VpcEndpointId'], PolicyDocument=policy(nobody))
            """
        );

    [Theory]
    [InlineData(
        """{"Statement":[{"Principal":{"AWS":"A"},"Condition":{"StringEquals":{"aws:PrincipalArn":"A"}}}]}""",
        """{"Statement":[{"Principal":{"AWS":"1"},"Condition":{"StringEquals":{"aws:PrincipalArn":"A"}}}]}"""
    )]
    [InlineData(
        """{"Statement":{"NotPrincipal":{"AWS":["A", "B",  "A"]},"Resource":"A"}}""",
        """{"Statement":{"NotPrincipal":{"AWS":["1", "B",  "1"]},"Resource":"A"}}"""
    )]
    [InlineData(
        """{"Id":"é A","Statement":[{"Principal":{"AWS":"\u0041"}},{"Sid":"A","Principal":"*"},{"Principal":{"AWS":"A"}}]}""",
        """{"Id":"é A","Statement":[{"Principal":{"AWS":"1"}},{"Sid":"A","Principal":"*"},{"Principal":{"AWS":"1"}}]}"""
    )]
    public void Ids_stand_in_the_place_of_principals_and_of_nothing_else(string text, string withIds) =>
        Assert.Equal(withIds, NamedPrincipals.ByIds(text, ImmutableDictionary<string, string>.Empty.Add("A", "1")));
}
