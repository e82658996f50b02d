from cluster_calls import *


def bad(**changed):
    good = dict(DBClusterIdentifier='bad', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD)
    good.update(changed)
    return refused('create_db_cluster', **{k: v for k, v in good.items() if v is not None})


expect(
    '400 InvalidParameterValue: The parameter DBClusterIdentifier is not a valid identifier', bad(DBClusterIdentifier='1bad').split('.')[0]
)
expect(
    '400 InvalidParameterValue: The parameter DBClusterIdentifier is not a valid identifier', bad(DBClusterIdentifier='bad-').split('.')[0]
)
expect('400 InvalidParameterValue: The parameter MasterUsername must be provided and must not be blank.', bad(MasterUsername=None))
expect(
    '400 InvalidParameterValue: MasterUsername rdsadmin cannot be used as it is a reserved word used by the engine',
    bad(MasterUsername='rdsadmin'),
)
expect('400 InvalidParameterValue: The parameter MasterUsername', bad(MasterUsername='a"b').split(' must')[0])
expect(
    '400 InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.',
    bad(MasterUserPassword='short'),
)
expect(
    '400 InvalidParameterValue: The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides \'/\', \'@\', \'"\', \' \' may be used.',
    bad(MasterUserPassword='with space in it'),
)
expect('400 InvalidParameterCombination: Cannot find version 99.1 for aurora-postgresql', bad(EngineVersion='99.1').split('. ')[0])
expect('400 InvalidParameterValue: Invalid DB engine', bad(Engine='no-such-engine'))
expect('501 NotImplemented: ', bad(Engine='aurora-mysql')[:20])
expect('400 InvalidParameterValue', bad(Port=80).split(':')[0])
expect("404 DBSubnetGroupNotFoundFault: DB subnet group 'nobody' does not exist.", bad(DBSubnetGroupName='nobody'))
expect('404 DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: nobody', bad(DBClusterParameterGroupName='nobody'))
expect('400 InvalidParameterValue: Invalid security group , groupId= sg-12345678, groupName=.', bad(VpcSecurityGroupIds=['sg-12345678']))
expect(
    '501 NotImplemented: Daybreak does not implement the parameter EnableHttpEndpoint of CreateDBCluster.',
    bad(EnableHttpEndpoint=True),
)
cluster('odd', DeletionProtection=True)
expect(
    '400 DBClusterAlreadyExistsFault: DB Cluster already exists',
    refused(
        'create_db_cluster', DBClusterIdentifier='ODD', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD
    ),
)
expect(
    '400 InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.',
    refused('delete_db_cluster', DBClusterIdentifier='odd', SkipFinalSnapshot=True),
)
rds.modify_db_cluster(DBClusterIdentifier='odd', DeletionProtection=False)
expect(
    '400 InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    refused('delete_db_cluster', DBClusterIdentifier='odd'),
)
expect(
    '400 InvalidDBClusterStateFault: Cluster odd has no reader to fail over to.', refused('failover_db_cluster', DBClusterIdentifier='odd')
)


def member(**changed):
    good = dict(DBInstanceIdentifier='odd-1', DBClusterIdentifier='odd', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large')
    good.update(changed)
    return refused('create_db_instance', **good)


expect(
    '400 InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster. Set master user password for the DB Cluster.',
    member(MasterUserPassword=PASSWORD),
)
expect(
    '400 InvalidParameterCombination: Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.',
    member(DBInstanceClass='db.serverless'),
)
expect(
    "400 InvalidParameterCombination: The engine name requested for your DB instance (aurora-mysql) doesn't match the engine name of your DB cluster (aurora-postgresql).",
    member(Engine='aurora-mysql'),
)
expect('404 DBClusterNotFoundFault: DBCluster nobody not found.', member(DBClusterIdentifier='nobody'))
expect(
    '400 InvalidParameterValue: The feature-name parameter must be provided with the current operation for the Aurora (PostgreSQL) engine.',
    refused('add_role_to_db_cluster', DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/r'),
)
expect(
    '404 DBClusterRoleNotFound',
    refused(
        'remove_role_from_db_cluster', DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda'
    ).split(':')[0],
)
rds.add_role_to_db_cluster(DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
expect(
    "[{'RoleArn': 'arn:aws:iam::444455556666:role/r', 'Status': 'INVALID', 'FeatureName': 'Lambda'}]", describe('odd')['AssociatedRoles']
)
expect(
    '400 DBClusterRoleAlreadyExists',
    refused('add_role_to_db_cluster', DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/s', FeatureName='Lambda').split(
        ':'
    )[0],
)
rds.delete_db_cluster(DBClusterIdentifier='odd', SkipFinalSnapshot=True)
