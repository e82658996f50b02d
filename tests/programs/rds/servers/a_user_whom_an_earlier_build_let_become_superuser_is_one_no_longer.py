from cluster_calls import *

rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='old-1', WaiterConfig=FAST)
host = describe('old')['Endpoint']
expect(sys.argv[1], psql(host, "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolsuper OR rolreplication"))
expect(
    'f|f|f|t|t|t|t',
    psql(
        host,
        "SELECT rolsuper, rolreplication, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, pg_has_role('rds_superuser', 'MEMBER') FROM pg_roles WHERE rolname = 'app_admin'",
    ),
)
expect('0', psql(host, "SELECT count(*) FROM pg_auth_members WHERE roleid::regrole::text IN ('rdsadmin', 'rdsrepladmin')"))
