from cluster_calls import *

rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='old-1', WaiterConfig=FAST)
host = describe('old')['Endpoint']
expect('0', psql(host, "SELECT count(*) FROM pg_auth_members WHERE roleid::regrole::text LIKE 'pg\\_%\\_server\\_%'"))
expect('t|t', psql(host, "SELECT pg_has_role('helpers', 'MEMBER'), pg_has_role('pg_monitor', 'MEMBER')"))
expect(begins('', 'pg_execute_server_program'), psql(host, "COPY (SELECT 1) TO PROGRAM 'id'").split('\n')[0])
