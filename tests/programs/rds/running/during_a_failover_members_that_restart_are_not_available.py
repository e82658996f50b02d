from cluster_calls import *

cluster('over')
for name in ('over-1', 'over-2'):
    instance('over', name)
rds.failover_db_cluster(DBClusterIdentifier='over')
untrue, seen = [], set()
while True:
    whole = describe('over')['Status'] == 'available'
    members = rds.describe_db_instances()['DBInstances']
    for i in members:
        seen.add(i['DBInstanceStatus'])
        if i['DBInstanceStatus'] == 'available' and psql(i['Endpoint']['Address'], 'SELECT 1') != '1':
            # The server may have stopped since the request: then the instance is not available now, or responds again.
            now = rds.describe_db_instances(DBInstanceIdentifier=i['DBInstanceIdentifier'])['DBInstances'][0]
            if now['DBInstanceStatus'] == 'available' and psql(i['Endpoint']['Address'], 'SELECT 1') != '1':
                untrue.append(i['DBInstanceIdentifier'])
    if whole:
        expect(
            'f 1', psql(describe('over')['Endpoint'], 'SELECT pg_is_in_recovery()'), psql(describe('over')['ReaderEndpoint'], 'SELECT 1')
        )
        if all(i['DBInstanceStatus'] == 'available' for i in members):
            break
expect("[] ['available', 'rebooting']", untrue, sorted(seen))
