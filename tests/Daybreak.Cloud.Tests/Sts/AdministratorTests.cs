using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Tests.Sts;

/// <summary>Whom the keys that everybody knows belong to, and the root of an account, asked by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class AdministratorTests : IAsyncLifetime
{
    private const string Steps = """
        A = '444455556666'
        admin = f'arn:aws:iam::{A}:user/local-administrator'
        root = ('AKIAROOTOFTESTS00001', 'root secret')

        """;

    private CloudHost? _host;

    public async ValueTask InitializeAsync() =>
        _host = await CloudHost.StartAsync(new CloudOptions { Port = 0, RootCredentials = [new("AKIAROOTOFTESTS00001", "root secret")] });

    public async ValueTask DisposeAsync() => await _host!.DisposeAsync();

    [Fact]
    public Task The_default_key_assumes_the_roles_that_trust_its_account_and_the_root_does_not() =>
        RunAsync(
            """
            assumed = lambda key, role: client('sts', *key).assume_role(RoleArn=role, RoleSessionName='s1')['AssumedRoleUser']['Arn']
            for number, principal in enumerate([A, f'arn:aws:iam::{A}:root', admin]):
                role = iam.create_role(RoleName=f'trusting-{number}', AssumeRolePolicyDocument=trust({'AWS': principal}))['Role']['Arn']
                for key in (('test',), (A,)): assert assumed(key, role) == f'arn:aws:sts::{A}:assumed-role/trusting-{number}/s1'
                if principal != admin: fails('AccessDenied', 'Roles may not be assumed by root accounts.', assumed, root, role)
                stranger = 'arn:aws:iam::111122223333:user/local-administrator'
                fails('AccessDenied', f'User: {stranger} is not authorized to perform: sts:AssumeRole on resource: {role}', assumed, ('111122223333',), role)
            service = iam.create_role(RoleName='of-a-service', AssumeRolePolicyDocument=trust({'Service': 'rds.amazonaws.com'}))['Role']['Arn']
            fails('AccessDenied', f'User: {admin} is not authorized to perform: sts:AssumeRole on resource: {service}', assumed, ('test',), service)
            """
        );

    [Fact]
    public Task GetCallerIdentity_says_who_the_keys_of_the_start_are() =>
        RunAsync(
            """
            me = sts.get_caller_identity()
            assert (me['Account'], me['Arn']) == (A, admin) and me['UserId'].startswith('AIDA') and len(me['UserId']) == 21, me
            assert client('sts', A).get_caller_identity()['UserId'] == me['UserId']
            other = client('sts', '111122223333').get_caller_identity()
            assert other['Arn'] == admin.replace(A, '111122223333') and other['UserId'] != me['UserId'], other
            me = client('sts', *root).get_caller_identity()
            assert (me['UserId'], me['Account'], me['Arn']) == (A, A, f'arn:aws:iam::{A}:root'), me
            """
        );

    [Fact]
    public Task The_administrator_is_a_user_whom_no_list_shows_and_nobody_changes() =>
        RunAsync(
            """
            user = iam.get_user()['User']
            assert (user['UserName'], user['Arn'], user['UserId']) == ('local-administrator', admin, sts.get_caller_identity()['UserId']), user
            assert iam.get_user(UserName='local-administrator')['User'] == user
            assert iam.list_users()['Users'] == [] and iam.get_account_summary()['SummaryMap']['Users'] == 0
            arn = 'arn:aws:iam::aws:policy/AdministratorAccess'
            assert [p['PolicyArn'] for p in iam.list_attached_user_policies(UserName='local-administrator')['AttachedPolicies']] == [arn]
            assert iam.list_entities_for_policy(PolicyArn=arn)['PolicyUsers'] == []
            assert iam.simulate_principal_policy(PolicySourceArn=admin, ActionNames=['iam:CreateUser'])['EvaluationResults'][0]['EvalDecision'] == 'allowed'
            fails('EntityAlreadyExists', 'User with name local-administrator already exists.', iam.create_user, UserName='local-administrator')
            fixed = ('UnmodifiableEntity', 'The user local-administrator comes with the local AWS and cannot be changed.')
            fails(*fixed, iam.detach_user_policy, UserName='local-administrator', PolicyArn=arn)
            fails(*fixed, iam.tag_user, UserName='local-administrator', Tags=[{'Key': 'k', 'Value': 'v'}])
            fails(*fixed, iam.update_user, UserName='local-administrator', NewUserName='bob')
            fails('DeleteConflict', 'Cannot delete entity, must detach all policies first.', iam.delete_user, UserName='local-administrator')

            key = iam.create_access_key()['AccessKey']
            assert key['UserName'] == 'local-administrator' and client('sts', credentials=key).get_caller_identity()['Arn'] == admin, key
            assert [k['AccessKeyId'] for k in iam.list_access_keys()['AccessKeyMetadata']] == [key['AccessKeyId']]
            assert iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['UserName'] == 'local-administrator'
            session = sts.get_session_token()['Credentials']
            assert client('sts', credentials=session).get_caller_identity()['Arn'] == admin
            client('iam', credentials=sts.get_federation_token(Name='fred', Policy=document(allow('iam:*')))['Credentials']).list_users()
            """
        );

    [Fact]
    public async Task Every_account_has_an_administrator_of_its_own()
    {
        var first = Administrator.Of("444455556666");
        Assert.Equal(first.Id, Administrator.Of("444455556666").Id);
        Assert.NotEqual(first.Id, Administrator.Of("111122223333").Id);
        Assert.Matches("^AIDA[A-Z2-7]{17}$", first.Id);
        await RunAsync(
            """
            iam.create_role(RoleName='guarded', AssumeRolePolicyDocument=trust({'AWS': A}))
            other = client('iam', '111122223333')
            assert other.list_roles()['Roles'] == [] and other.get_user()['User']['Arn'].startswith('arn:aws:iam::111122223333:user/')
            """
        );
    }

    private Task RunAsync(string steps) => Boto.RunAsync(_host!.Endpoint, Steps + steps);
}
