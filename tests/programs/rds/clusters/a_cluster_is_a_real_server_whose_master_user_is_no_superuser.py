from cluster_calls import *

c = cluster('first', DatabaseName='shop', Port=5433, Tags=[{'Key': 'a', 'Value': 'b'}])
expect(
    "available aurora-postgresql 5433 shop [] [] [{'Key': 'a', 'Value': 'b'}]",
    c['Status'],
    c['Engine'],
    c['Port'],
    c['DatabaseName'],
    c['DBClusterMembers'],
    c['AssociatedRoles'],
    c['TagList'],
)
i = instance('first', 'first-1')
expect(
    'available 5433 True in-sync',
    i['DBInstanceStatus'],
    i['Endpoint']['Port'],
    i['PubliclyAccessible'],
    i['DBParameterGroups'][0]['ParameterApplyStatus'],
)
c = describe('first')
expect("[('first-1', True)]", [(m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in c['DBClusterMembers']])
for host, expected in zip(
    (c['Endpoint'], c['ReaderEndpoint'], i['Endpoint']['Address']),
    [
        'app_admin|f|shop',
        'app_admin|f|shop',
        'app_admin|f|shop',
    ],
    strict=True,
):
    expect(expected, psql(host, 'SELECT current_user, pg_is_in_recovery(), current_database()', database='shop', port=5433))
expect(
    'f|t|t|f|t|t',
    psql(
        c['Endpoint'],
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, pg_has_role('rds_superuser', 'MEMBER'), pg_has_role('pg_monitor', 'MEMBER') FROM pg_roles WHERE rolname = current_user",
        port=5433,
    ),
)
expect(
    'password authentication failed for user "app_admin"',
    psql(c['Endpoint'], 'SELECT 1', port=5433, password='wrong-password').split('FATAL:')[-1].strip(),
)
expect(
    begins('pg_hba.conf rejects connection for host'),
    psql(c['Endpoint'], 'SELECT 1', port=5433, user='rdsadmin').split('FATAL:')[-1].strip()[:60],
)
expect(begins('ERROR:  ', 'pg_execute_server_program'), psql(c['Endpoint'], "COPY (SELECT 1) TO PROGRAM 'id'", port=5433).split('\n')[0])
expect('t', psql(c['Endpoint'], 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()', port=5433, PGSSLMODE='require'))
expect('2', psql(c['Endpoint'], 'CREATE ROLE joe LOGIN; CREATE TABLE t (i int); SELECT 2', port=5433)[-1:])
expect(
    "['error/postgresql.log']", [f['LogFileName'] for f in rds.describe_db_log_files(DBInstanceIdentifier='first-1')['DescribeDBLogFiles']]
)
expect(
    'True',
    'ready to accept connections'
    in rds.download_db_log_file_portion(DBInstanceIdentifier='first-1', LogFileName='error/postgresql.log')['LogFileData'],
)
delete('first', 'first-1')
expect('404 DBClusterNotFoundFault: DBCluster first not found.', refused('describe_db_clusters', DBClusterIdentifier='first'))
expect('404 DBInstanceNotFound: DBInstance first-1 not found.', refused('describe_db_instances', DBInstanceIdentifier='first-1'))
expect(
    "['DB instance created', 'DB instance deleted']",
    [e['Message'] for e in rds.describe_events(SourceType='db-instance', SourceIdentifier='first-1')['Events']],
)
