from rds_calls import *


def cluster_(**changed):
    return refused(
        'create_db_cluster',
        **{
            **dict(DBClusterIdentifier='r', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword='correct-horse'),
            **changed,
        }
    )


def standalone(**changed):
    return refused(
        'create_db_instance',
        **{
            **dict(
                DBInstanceIdentifier='r',
                Engine='postgres',
                DBInstanceClass='db.t4g.micro',
                AllocatedStorage=20,
                MasterUsername='app_admin',
                MasterUserPassword='correct-horse',
            ),
            **changed,
        }
    )


for name, expected in zip(
    ('admin', 'USER', 'rdsadmin', 'rdsrepladmin', 'pg_monitor', 'rds_iam', 'grant'),
    [
        'True 400 InvalidParameterValue: MasterUsername admin cannot be used as it is a reserved word used by the engine',
        'True 400 InvalidParameterValue: MasterUsername USER cannot be used as it is a reserved word used by the engine',
        'True 400 InvalidParameterValue: MasterUsername rdsadmin cannot be used as it is a reserved word used by the engine',
        'True 400 InvalidParameterValue: MasterUsername rdsrepladmin cannot be used as it is a reserved word used by the engine',
        'True 400 InvalidParameterValue: MasterUsername pg_monitor cannot be used as it is a reserved word used by the engine',
        'True 400 InvalidParameterValue: MasterUsername rds_iam cannot be used as it is a reserved word used by the engine',
        'True 400 InvalidParameterValue: MasterUsername grant cannot be used as it is a reserved word used by the engine',
    ],
    strict=True,
):
    expect(expected, cluster_(MasterUsername=name) == standalone(MasterUsername=name), cluster_(MasterUsername=name))
for name, expected in zip(
    ('catalog', 'Grant', 'rdsadmin', 'db', '1db'),
    [
        '400 InvalidParameterValue: DatabaseName catalog cannot be used.  It is a reserved word for this engine / 400 InvalidParameterValue: DBName catalog cannot be used.  It is a reserved word for this engine',
        '400 InvalidParameterValue: DatabaseName Grant cannot be used.  It is a reserved word for this engine / 400 InvalidParameterValue: DBName Grant cannot be used.  It is a reserved word for this engine',
        '400 InvalidParameterValue: DatabaseName rdsadmin cannot be used.  It is a reserved word for this engine / 400 InvalidParameterValue: DBName rdsadmin cannot be used.  It is a reserved word for this engine',
        '400 InvalidParameterValue: DatabaseName db cannot be used.  It is a reserved word for this engine / 400 InvalidParameterValue: DBName db cannot be used.  It is a reserved word for this engine',
        '400 InvalidParameterValue: DatabaseName must begin with a letter and contain only alphanumeric characters. / 400 InvalidParameterValue: DBName must begin with a letter and contain only alphanumeric characters.',
    ],
    strict=True,
):
    expect(expected, cluster_(DatabaseName=name), '/', standalone(DBName=name))
