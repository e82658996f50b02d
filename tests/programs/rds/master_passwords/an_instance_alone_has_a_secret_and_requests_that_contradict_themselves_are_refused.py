from cluster_calls import *
from calls import allow, client, document, fails, iam
import json

secrets = client('secretsmanager')
alone = dict(DBInstanceIdentifier='secret-alone', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20)
rds.create_db_instance(MasterUsername='app_admin', ManageMasterUserPassword=True, **alone)
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='secret-alone', WaiterConfig=FAST)
made = rds.describe_db_instances(DBInstanceIdentifier='secret-alone')['DBInstances'][0]
arn = made['MasterUserSecret']['SecretArn']
expect('True', ':secret:rds!db-' in arn)
password = json.loads(secrets.get_secret_value(SecretId=arn)['SecretString'])['password']
expect('1', psql(made['Endpoint']['Address'], 'SELECT 1', password=password))
rds.delete_db_instance(DBInstanceIdentifier='secret-alone', SkipFinalSnapshot=True)
rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='secret-alone', WaiterConfig=FAST)

new = dict(DBClusterIdentifier='contradicts', Engine='aurora-postgresql', MasterUsername='app_admin')
combination = 'InvalidParameterCombination'
managed = "You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled."
fails(combination, managed, rds.create_db_cluster, ManageMasterUserPassword=True, MasterUserPassword=PASSWORD, **new)
key = 'A ManageMasterUserPassword value is required when MasterUserSecretKmsKeyId is specified.'
fails(combination, key, rds.create_db_cluster, MasterUserSecretKmsKeyId='alias/mine', MasterUserPassword=PASSWORD, **new)
other = 'Daybreak does not implement the parameter MasterUserSecretKmsKeyId with a key other than alias/aws/secretsmanager.'
fails('NotImplemented', other, rds.create_db_cluster, ManageMasterUserPassword=True, MasterUserSecretKmsKeyId='alias/mine', **new)

# Who makes a cluster with a secret may make secrets.
user = iam.create_user(UserName='no-secrets')['User']['Arn']
iam.put_user_policy(UserName='no-secrets', PolicyName='p', PolicyDocument=document(allow(['rds:*', 'iam:CreateServiceLinkedRole'])))
limited = client('rds', credentials=iam.create_access_key(UserName='no-secrets')['AccessKey'])
try:
    limited.create_db_cluster(ManageMasterUserPassword=True, **new)
    raise AssertionError('a secret was made')
except Exception as e:
    expect('True', f'{user} is not authorized to perform: secretsmanager:CreateSecret on resource: ' in str(e))
expect('0', len(secrets.list_secrets(Filters=[{'Key': 'description', 'Values': ['contradicts']}])['SecretList']))
