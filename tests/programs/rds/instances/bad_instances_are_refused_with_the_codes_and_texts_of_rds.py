from standalone_instance_steps import *


def bad(**changed):
    good = dict(
        DBInstanceIdentifier='bad',
        Engine='postgres',
        DBInstanceClass='db.t4g.micro',
        AllocatedStorage=20,
        MasterUsername='app_admin',
        MasterUserPassword=PASSWORD,
    )
    good.update(changed)
    return refused('create_db_instance', **{k: v for k, v in good.items() if v is not None})


expect('400 MissingParameter: The request must contain the parameter AllocatedStorage.', bad(AllocatedStorage=None))
expect(
    '400 InvalidParameterCombination: Invalid storage size for engine name postgres and storage type gp2: 10',
    bad(AllocatedStorage=10, StorageType='gp2'),
)
expect('400 StorageTypeNotSupported: Invalid storage type: aurora', bad(StorageType='aurora'))
expect(
    "400 InvalidParameterCombination: You can't specify IOPS or storage throughput for engine postgres and a storage size less than 400.",
    bad(Iops=3000, StorageType='gp3'),
)
expect('400 InvalidParameterCombination: You must specify IOPS for storage type io1.', bad(StorageType='io1', AllocatedStorage=100))
expect(
    '400 InvalidParameterCombination: Invalid iops to storage (GB) ratio for engine name postgres and storage type io1: 0.3000',
    bad(StorageType='io1', AllocatedStorage=4000, Iops=1200),
)
expect('400 InvalidParameterCombination: Max storage size must be greater than storage size', bad(MaxAllocatedStorage=20))
expect('400 InvalidParameterValue: The parameter MasterUsername must be provided and must not be blank.', bad(MasterUsername=None))
expect('400 InvalidParameterValue: The parameter MasterUserPassword must be provided and must not be blank.', bad(MasterUserPassword=None))
expect(
    '400 InvalidParameterCombination: RDS does not support creating a DB instance',
    bad(DBInstanceClass='db.serverless').split(' with the')[0],
)
expect('400 InvalidParameterCombination: Cannot find version 99.1 for postgres', bad(EngineVersion='99.1').split('. ')[0])
expect('501 NotImplemented', bad(Engine='mysql').split(':')[0])
expect(
    '400 InvalidParameterCombination: An instance of the engine aurora-postgresql must be a member of a DB cluster: DBClusterIdentifier is missing.',
    bad(Engine='aurora-postgresql'),
)
expect('501 NotImplemented: Daybreak does not implement the parameter MultiAZ of CreateDBInstance.', bad(MultiAZ=True))
expect(
    f'400 InvalidParameterCombination: The Parameter Group default.{FAMILY}',
    bad(DBParameterGroupName='default.' + FAMILY).split(' with')[0],
)
expect('400 InvalidParameterValue: Invalid backup retention period: 36. Must be between 0 and 35', bad(BackupRetentionPeriod=36))
expect(
    '501 NotImplemented: Daybreak does not implement Multi-AZ DB clusters (the engine postgres of CreateDBCluster).',
    refused('create_db_cluster', DBClusterIdentifier='bad', Engine='postgres', MasterUsername='app_admin', MasterUserPassword=PASSWORD),
)
standalone('once')
expect('400 DBInstanceAlreadyExists: DB instance already exists', bad(DBInstanceIdentifier='ONCE'))
cluster('both')
instance('both', 'both-1')


def modify(**parameters):
    return refused('modify_db_instance', DBInstanceIdentifier='both-1', **parameters)


expect(
    "400 InvalidParameterCombination: The specified DB instance is a member of a DB Cluster. Storage grows based on usage. You don't need to set it explicitly.",
    modify(AllocatedStorage=20),
)
expect(
    '400 InvalidParameterCombination: The specified DB Instance is a member of a cluster. Modify deletion protection for the DB Cluster using the ModifyDbCluster API',
    modify(DeletionProtection=True),
)
expect(
    '400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.',
    refused('stop_db_instance', DBInstanceIdentifier='both-1'),
)
role = dict(RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
expect(
    '400 InvalidParameterCombination: The DB instance both-1 is a member of the DB cluster both, whose roles it has.',
    refused('add_role_to_db_instance', DBInstanceIdentifier='both-1', **role),
)
settled('once')
expect(
    '400 InvalidParameterValue: The feature name SageMaker is not valid for the PostgreSQL engine. Valid values are: Lambda, s3Export, s3Import',
    refused('add_role_to_db_instance', DBInstanceIdentifier='once', RoleArn=role['RoleArn'], FeatureName='SageMaker'),
)
rds.add_role_to_db_instance(DBInstanceIdentifier='once', **role)
expect(
    "[{'RoleArn': 'arn:aws:iam::444455556666:role/r', 'FeatureName': 'Lambda', 'Status': 'INVALID'}] 400 DBInstanceRoleAlreadyExists: The DB instance already has an IAM role associated with the feature Lambda.",
    read('once')['AssociatedRoles'],
    refused('add_role_to_db_instance', DBInstanceIdentifier='once', **role),
)
rds.remove_role_from_db_instance(DBInstanceIdentifier='once', **role)
expect(
    '404 DBInstanceRoleNotFound: The IAM role arn:aws:iam::444455556666:role/r is not associated with the DB instance once.',
    refused('remove_role_from_db_instance', DBInstanceIdentifier='once', **role),
)
