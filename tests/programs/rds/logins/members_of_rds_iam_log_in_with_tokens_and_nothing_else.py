from cluster_calls import *
from calls import allow, client, document, fails, iam, sts, trust
import datetime
from unittest import mock
import botocore.auth

made = cluster('tokens', EnableIAMDatabaseAuthentication=True, EnableCloudwatchLogsExports=['iam-db-auth-error', 'postgresql'])
member = instance('tokens', 'tokens-1')
expect('True True', made['IAMDatabaseAuthenticationEnabled'], member['IAMDatabaseAuthenticationEnabled'])
made = describe('tokens')
host, port = made['Endpoint'], made['Port']
for user in ('app', 'with "Quotes", /and A comma'):
    name = '"' + user.replace('"', '""') + '"'
    psql(host, f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
expect('app', psql(host, 'SELECT user', 'app'))
psql(host, 'GRANT rds_iam TO app; CREATE ROLE between; GRANT rds_iam TO between; GRANT between TO "with ""Quotes"", /and A comma"')

arn = iam.create_user(UserName='login')['User']['Arn']
key = iam.create_access_key(UserName='login')['AccessKey']


def permit(*resources, user='app'):
    begin = 'arn:aws:rds-db:us-east-1:444455556666:dbuser:'
    iam.put_user_policy(
        UserName='login', PolicyName='p', PolicyDocument=document(*[allow('rds-db:connect', f'{begin}{resource}') for resource in resources])
    )


def token(user='app', host=host, port=port, credentials=key, region='us-east-1'):
    return client('rds', credentials=credentials).generate_db_auth_token(host, port, user, Region=region)


def login(token, user='app', **environment):
    return psql(host, "SELECT 'in as ' || user", user, password=token, **environment)


def refused(*args, **more):
    said = login(*args, **more)
    expect('True', 'authentication failed for user' in said and 'password' not in said)


resource = made['DbClusterResourceId']
refused(token())  # no policy
permit(f'{resource}/app', f'{resource}/with "Quotes", /and A comma')
expect('in as app', login(token()))
expect('in as with "Quotes", /and A comma', login(token('with "Quotes", /and A comma'), 'with "Quotes", /and A comma'))
expect('in as app', login(token(host=member['Endpoint']['Address'])))

good = token()
refused(PASSWORD)
refused(good[:-1] + ('0' if good[-1] != '0' else '1'))
refused(good + '&DBUser=app')
refused(good + 'x' * 8000)
refused(token('App'))
refused(token(host='127.0.0.1'))
refused(token(port=port + 1))
refused(token(region='eu-west-1'))
refused(token(credentials=dict(key, SecretAccessKey='x' * 40)))
expect('True', 'pg_hba.conf rejects connection' in login(good, PGSSLMODE='disable'))


class Earlier(datetime.datetime):
    back = datetime.timedelta(minutes=16)

    @classmethod
    def utcnow(cls):
        return datetime.datetime.utcnow() - cls.back

    @classmethod
    def now(cls, zone=None):
        return datetime.datetime.now(zone) - cls.back


def earlier(seconds):
    Earlier.back = datetime.timedelta(seconds=seconds)
    with mock.patch('botocore.auth.datetime', Earlier if isinstance(botocore.auth.datetime, type) else mock.Mock(datetime=Earlier)):
        if hasattr(botocore.auth, 'get_current_datetime'):
            with mock.patch('botocore.auth.get_current_datetime', lambda: Earlier.utcnow()):
                return token()
        return token()


refused(earlier(903))
expect('in as app', login(earlier(800)))

# A role, whose tokens hold a session.
iam.create_role(RoleName='login', AssumeRolePolicyDocument=trust({'AWS': arn.replace('user/login', 'root')}))
iam.put_role_policy(RoleName='login', PolicyName='p', PolicyDocument=document(allow('rds-db:connect', f'arn:*:rds-db:*:*:dbuser:{resource}/app')))
session = sts.assume_role(RoleArn=arn.replace('user/', 'role/'), RoleSessionName='session')['Credentials']
expect('in as app', login(token(credentials=session)))
refused(token(credentials=dict(session, SessionToken=None)))

permit(f'{member["DbiResourceId"]}/app', 'cluster-OTHER/app', f'{resource}/other')
refused(token())
permit(f'{resource}/app')

# The aws CLI makes the same tokens; a session outlives the permission with which it began.
typed = subprocess.run(
    ['aws', 'rds', 'generate-db-auth-token', '--hostname', host, '--port', str(port), '--username', 'app', '--region', 'us-east-1'],
    capture_output=True,
    text=True,
    check=True,
    env=dict(os.environ, AWS_ACCESS_KEY_ID=key['AccessKeyId'], AWS_SECRET_ACCESS_KEY=key['SecretAccessKey']),
).stdout.strip()
session = subprocess.Popen(
    [PSQL, '-X', '-A', '-t', f'host={host} port={port} user=app dbname=postgres'],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
    env={'PATH': os.environ['PATH'], 'PGPASSWORD': typed},
)


def ask(statement):
    session.stdin.write(statement + ';\n')
    session.stdin.flush()
    return session.stdout.readline().strip()


expect('app', ask('SELECT session_user'))
iam.delete_user_policy(UserName='login', PolicyName='p')
refused(token())
expect('still app', ask("SELECT 'still ' || session_user"))
session.stdin.close()
session.wait()
permit(f'{resource}/app')

# Everybody else goes on, and the reasons are in the log.
expect('app_admin', psql(host, 'SELECT user'))
group = '/aws/rds/cluster/tokens/iam-db-auth-error'
said = [event['message'] for event in client('logs').filter_log_events(logGroupName=group)['events']]
for reason in ('Error Code: InvalidToken', 'Error Code:ExpiredToken', f"caller '{arn}' is not authorized to perform `rds-db:connect`"):
    expect('True', any(reason in line for line in said))

# Without membership, and without the feature, passwords are back.
psql(host, 'REVOKE rds_iam FROM app')
expect('in as app', login(PASSWORD))
psql(host, 'GRANT rds_iam TO app')
rds.modify_db_cluster(DBClusterIdentifier='tokens', EnableIAMDatabaseAuthentication=False)
while login(PASSWORD) != 'in as app':
    time.sleep(0.1)
delete('tokens', 'tokens-1')
