from renaming_steps import *

rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='new', WaiterConfig=FAST)
expect(
    "[('new-1', True)] 1",
    [(m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('new')['DBClusterMembers']],
    psql(describe('new')['Endpoint'], 'SELECT 1'),
)
expect(
    "['new'] ['new-1']",
    [c['DBClusterIdentifier'] for c in rds.describe_db_clusters()['DBClusters']],
    [i['DBInstanceIdentifier'] for i in rds.describe_db_instances()['DBInstances']],
)
delete('new', 'new-1')
