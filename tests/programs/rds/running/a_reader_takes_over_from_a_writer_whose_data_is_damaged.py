from cluster_fault_steps import *

c = cluster('torn')
for name in ('torn-1', 'torn-2'):
    instance('torn', name)
psql(c['Endpoint'], 'CREATE TABLE written AS SELECT 1 AS n')
until(lambda: psql(c['ReaderEndpoint'], 'SELECT n FROM written') == '1')
writer = postmaster('torn-1')
data = open(f'/proc/{writer}/cmdline').read().split('\0')[2]
os.remove(data + '/global/pg_control')
os.kill(writer, signal.SIGKILL)
until(lambda: psql(c['Endpoint'], 'INSERT INTO written VALUES (2) RETURNING n').startswith('2'))
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='torn-1', WaiterConfig=FAST)
expect(
    "[('torn-1', False), ('torn-2', True)] available",
    sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('torn')['DBClusterMembers']),
    describe('torn')['Status'],
)
until(lambda: psql(c['ReaderEndpoint'], 'SELECT count(*), pg_is_in_recovery() FROM written') == '2|t')
delete('torn', 'torn-2', 'torn-1')
