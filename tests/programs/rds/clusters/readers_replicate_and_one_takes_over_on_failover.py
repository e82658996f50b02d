from cluster_calls import *

cluster('pair')
writer = instance('pair', 'pair-1')
psql(describe('pair')['Endpoint'], 'CREATE TABLE notes AS SELECT 1 AS id')
reader = instance('pair', 'pair-2')
c = describe('pair')
expect(
    "True [('pair-1', True), ('pair-2', False)]",
    c['MultiAZ'],
    sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in c['DBClusterMembers']),
)
expect('1|t', psql(reader['Endpoint']['Address'], 'SELECT count(*), pg_is_in_recovery() FROM notes'))
expect('t', psql(c['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'))
expect('ERROR:  cannot execute INSERT in a read-only transaction', psql(reader['Endpoint']['Address'], 'INSERT INTO notes VALUES (2)'))
rds.failover_db_cluster(DBClusterIdentifier='pair')
began = time.monotonic()
while 'INSERT 0 1' not in psql(c['Endpoint'], 'INSERT INTO notes VALUES (3)'):
    assert time.monotonic() < began + 60
sys.stderr.write(f'failover took {time.monotonic() - began:.2f} s\n')
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='pair', WaiterConfig=FAST)
expect(
    "[('pair-1', False), ('pair-2', True)]",
    sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('pair')['DBClusterMembers']),
)
expect('f', psql(reader['Endpoint']['Address'], 'SELECT pg_is_in_recovery()'))
while psql(writer['Endpoint']['Address'], 'SELECT count(*), pg_is_in_recovery() FROM notes') != '2|t':
    assert time.monotonic() < began + 60
expect(
    "['Started cross AZ failover to DB instance: pair-2', 'Completed failover to DB instance: pair-2']",
    [e['Message'] for e in rds.describe_events(SourceType='db-cluster', SourceIdentifier='pair', EventCategories=['failover'])['Events']],
)
delete('pair', 'pair-2', 'pair-1')
