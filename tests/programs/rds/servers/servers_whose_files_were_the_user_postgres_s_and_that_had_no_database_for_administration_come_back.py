from cluster_calls import *

for name in ('old-1', 'old-2'):
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
expect('kept|f', psql(describe('old')['Endpoint'], 'SELECT note, pg_is_in_recovery() FROM notes'))
expect('kept|t', psql(describe('old')['ReaderEndpoint'], 'SELECT note, pg_is_in_recovery() FROM notes'))
expect(
    'postgres,rdsadmin,template0,template1',
    psql(describe('old')['Endpoint'], "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database"),
)
