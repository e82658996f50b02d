from calls import *

own = client('iam', '666677778888')
own.create_user(UserName='maker')
key = own.create_access_key(UserName='maker')['AccessKey']
mine = client('rds', credentials=dict(AccessKeyId=key['AccessKeyId'], SecretAccessKey=key['SecretAccessKey']))
policy = lambda *statements: own.put_user_policy(UserName='maker', PolicyName='p', PolicyDocument=document(*statements))
refused = (
    'InvalidParameterValue',
    'Unable to create the resource. Verify that you have permission to create service linked role. Otherwise wait and try again later.',
)
master = dict(Engine='aurora-postgresql', MasterUsername='admin1', MasterUserPassword='long-enough-1')
role = 'arn:aws:iam::*:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS'
policy(allow('rds:*'))
fails(*refused, mine.create_db_cluster, DBClusterIdentifier='c1', **master)
fails(
    *refused,
    mine.create_db_instance,
    DBInstanceIdentifier='i1',
    Engine='postgres',
    DBInstanceClass='db.t3.micro',
    AllocatedStorage=20,
    MasterUsername='admin1',
    MasterUserPassword='long-enough-1'
)
policy(allow('rds:*'), allow('iam:CreateServiceLinkedRole', role, Condition={'StringLike': {'iam:AWSServiceName': 'other.amazonaws.com'}}))
fails(*refused, mine.create_db_cluster, DBClusterIdentifier='c1', **master)
assert mine.describe_db_clusters()['DBClusters'] == [] and own.list_roles()['Roles'] == []
policy(allow('rds:*'), allow('iam:CreateServiceLinkedRole', role, Condition={'StringLike': {'iam:AWSServiceName': 'rds.amazonaws.com'}}))
mine.create_db_cluster(DBClusterIdentifier='c1', **master)
policy(allow('rds:*'))
mine.create_db_cluster(DBClusterIdentifier='c2', **master)
