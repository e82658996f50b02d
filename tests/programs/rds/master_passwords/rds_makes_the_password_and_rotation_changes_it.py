from cluster_calls import *
from calls import client, fails, iam, document, allow
import json

secrets = client('secretsmanager')


def value(arn, stage='AWSCURRENT'):
    return json.loads(secrets.get_secret_value(SecretId=arn, VersionStage=stage)['SecretString'])


def active(find):
    """The secret, once a rotation has ended."""
    while (secret := find()['MasterUserSecret'])['SecretStatus'] != 'active':
        time.sleep(0.1)
    return secret


rds.create_db_cluster(
    DBClusterIdentifier='managed', Engine='aurora-postgresql', MasterUsername='app_admin', ManageMasterUserPassword=True
)
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='managed', WaiterConfig=FAST)
instance('managed', 'managed-1')
made = describe('managed')
secret = active(lambda: describe('managed'))
arn = secret['SecretArn']
expect('True True', ':secret:rds!cluster-' in arn, secret['KmsKeyId'].startswith('arn:aws:kms:us-east-1:444455556666:key/'))
first = value(arn)
expect("['password', 'username'] app_admin", sorted(first), first['username'])
host = made['Endpoint']
expect('1', psql(host, 'SELECT 1', password=first['password']))
about = secrets.describe_secret(SecretId=arn)
expect(
    "rds True {'AutomaticallyAfterDays': 7} Secret associated with primary RDS DB cluster: "
    "arn:aws:rds:us-east-1:444455556666:cluster:managed",
    about['OwningService'],
    about['RotationEnabled'],
    about['RotationRules'],
    about['Description'],
)
expect(
    "{'aws:rds:primaryDBClusterArn': 'arn:aws:rds:us-east-1:444455556666:cluster:managed', 'aws:secretsmanager:owningService': 'rds'}",
    {tag['Key']: tag['Value'] for tag in about['Tags']},
)
expect(arn, secrets.list_secrets(Filters=[{'Key': 'owning-service', 'Values': ['rds']}])['SecretList'][0]['ARN'])

# Nobody but RDS changes or deletes it.
owned = ('InvalidRequestException', 'The secret is managed by another service, and you must use that service to update it.')
fails(*owned, secrets.delete_secret, SecretId=arn, ForceDeleteWithoutRecovery=True)
fails(*owned, secrets.put_secret_value, SecretId=arn, SecretString='{}')
fails(*owned, secrets.update_secret, SecretId=arn, Description='d')

# A rotation changes the password of the server and leaves its sessions.
session = subprocess.Popen(
    [PSQL, '-X', '-A', '-t', f'host={host} user=app_admin dbname=postgres'],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
    env={'PATH': os.environ['PATH'], 'PGPASSWORD': first['password']},
)
session.stdin.write("SELECT 'in';\n")
session.stdin.flush()
expect('in', session.stdout.readline().strip())
version = secrets.rotate_secret(SecretId=arn)['VersionId']
active(lambda: describe('managed'))
second = secrets.get_secret_value(SecretId=arn)
expect(version, second['VersionId'])
second = json.loads(second['SecretString'])
expect('False True', first == second, value(arn, 'AWSPREVIOUS') == first)
expect('2 True', psql(host, 'SELECT 2', password=second['password']), 'authentication failed' in psql(host, 'SELECT', password=first['password']))
expect('still in\n', session.communicate("SELECT 'still in';\n")[0])

# So does the modification of the cluster.
combination = 'InvalidParameterCombination'
modify = dict(DBClusterIdentifier='managed')
immediately = 'You must apply the change immediately when rotating the master user password.'
fails(combination, immediately, rds.modify_db_cluster, RotateMasterUserPassword=True, **modify)
rds.modify_db_cluster(RotateMasterUserPassword=True, ApplyImmediately=True, **modify)
active(lambda: describe('managed'))
third = value(arn)['password']
expect('False 3', third == second['password'], psql(host, 'SELECT 3', password=third))

# Back to a password of one's own, and to RDS again.
managed = "You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled."
fails(combination, managed, rds.modify_db_cluster, MasterUserPassword=PASSWORD, ApplyImmediately=True, **modify)
own = 'MasterUserPassword must be provided when ManageMasterUserPassword is set to false.'
fails(combination, own, rds.modify_db_cluster, ManageMasterUserPassword=False, **modify)
back = rds.modify_db_cluster(ManageMasterUserPassword=False, MasterUserPassword=PASSWORD, ApplyImmediately=True, **modify)
expect('False', 'MasterUserSecret' in back['DBCluster'])
fails('ResourceNotFoundException', "Secrets Manager can't find the specified secret.", secrets.describe_secret, SecretId=arn)
while psql(host, 'SELECT 4') != '4':
    time.sleep(0.1)
rds.modify_db_cluster(ManageMasterUserPassword=True, **modify)
again = active(lambda: describe('managed'))['SecretArn']
while psql(host, 'SELECT 5', password=value(again)['password']) != '5':
    time.sleep(0.1)
delete('managed', 'managed-1')
fails('ResourceNotFoundException', "Secrets Manager can't find the specified secret.", secrets.describe_secret, SecretId=again)
