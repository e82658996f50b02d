from cluster_fault_steps import *

c = cluster('kill')
for name in ('kill-1', 'kill-2'):
    instance('kill', name)
psql(c['Endpoint'], 'CREATE TABLE written (n int)')
committed, end = loads(c['Endpoint'], 4)
until(lambda: len(committed) > 40)
os.kill(postmaster('kill-1'), signal.SIGKILL)
began = time.monotonic()
before = len(committed)
until(lambda: 'Completed failover to DB instance: kill-2' in messages('db-cluster', 'kill', 'failover'))
sys.stderr.write(f'failover after kill -9 took {time.monotonic() - began:.2f} s\n')
reached = len(committed)
until(lambda: len(committed) > reached + 20)
rows = end()
kept = set(map(int, psql(c['Endpoint'], 'SELECT n FROM written').split()))
expect('0 lost', len(set(rows) - kept), 'lost')
for name in ('kill-1', 'kill-2'):
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
expect(
    "[('kill-1', False), ('kill-2', True)] available",
    sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('kill')['DBClusterMembers']),
    describe('kill')['Status'],
)
until(lambda: any('complete' in message for message in messages('db-instance', 'kill-1', 'recovery')))
expect(
    "['Started cross AZ failover to DB instance: kill-2', 'Completed failover to DB instance: kill-2']",
    messages('db-cluster', 'kill', 'failover'),
)
# A reader that is killed comes back as one; the writer does not notice.
os.kill(postmaster('kill-1'), signal.SIGKILL)
until(lambda: sum('complete' in message for message in messages('db-instance', 'kill-1', 'recovery')) == 2)
expect(
    'True t',
    psql(c['Endpoint'], 'SELECT count(*) FROM written') == psql(c['ReaderEndpoint'], 'SELECT count(*) FROM written'),
    psql(c['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'),
)
expect(
    "[('kill-1', False), ('kill-2', True)]",
    sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('kill')['DBClusterMembers']),
)
delete('kill', 'kill-1', 'kill-2')
