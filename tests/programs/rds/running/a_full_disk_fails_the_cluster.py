from cluster_fault_steps import *

make = lambda name: rds.create_db_cluster(
    DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD
)
make('full')
until(lambda: describe('full')['Status'] == 'failed')
expect('True', 'No space left on device' in messages('db-cluster', 'full', 'failure')[0])
expect(
    '400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: failed',
    refused(
        'create_db_instance',
        DBInstanceIdentifier='full-1',
        DBClusterIdentifier='full',
        Engine='aurora-postgresql',
        DBInstanceClass='db.r6g.large',
    ),
)
rds.delete_db_cluster(DBClusterIdentifier='full', SkipFinalSnapshot=True)
rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='full', WaiterConfig=FAST)
