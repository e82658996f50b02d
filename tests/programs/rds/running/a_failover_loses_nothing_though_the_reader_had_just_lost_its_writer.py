from cluster_fault_steps import *

c = cluster('gap')
for name in ('gap-1', 'gap-2'):
    instance('gap', name)
psql(c['Endpoint'], 'CREATE TABLE written (n int)')
rds.reboot_db_instance(DBInstanceIdentifier='gap-1')
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='gap-1', WaiterConfig=FAST)
psql(c['Endpoint'], 'INSERT INTO written SELECT generate_series(1, 1000)')
rds.failover_db_cluster(DBClusterIdentifier='gap')
until(lambda: 'Completed failover to DB instance: gap-2' in messages('db-cluster', 'gap', 'failover'))
expect('1000', psql(c['Endpoint'], 'SELECT count(*) FROM written'))
delete('gap', 'gap-1', 'gap-2')
