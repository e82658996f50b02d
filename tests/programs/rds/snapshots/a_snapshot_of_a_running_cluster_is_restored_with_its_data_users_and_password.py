from snapshot_steps import *

c = cluster('shop', DatabaseName='orders', Port=5440, CopyTagsToSnapshot=True, Tags=[{'Key': 'team', 'Value': 'a'}])
instance('shop', 'shop-1')
psql(c['Endpoint'], 'CREATE TABLE t AS SELECT 1 AS i; CREATE ROLE joe', database='orders', port=5440)
# Writes go on while the snapshot is taken: each transaction is in it whole, or not at all.
writer = subprocess.Popen(
    [PSQL, '-X', '-q', '-v', 'ON_ERROR_STOP=1'],
    stdin=subprocess.PIPE,
    text=True,
    stderr=subprocess.DEVNULL,
    env={
        'PATH': os.environ['PATH'],
        'PGHOST': c['Endpoint'],
        'PGPORT': '5440',
        'PGUSER': 'app_admin',
        'PGPASSWORD': PASSWORD,
        'PGDATABASE': 'orders',
    },
)
writer.stdin.write(
    'CREATE TABLE pairs (side text, n int);\n'
    + ''.join(f"BEGIN; INSERT INTO pairs VALUES ('left', {n}); INSERT INTO pairs VALUES ('right', {n}); COMMIT;\n" for n in range(20000))
)
writer.stdin.flush()
s = snapshot('shop', 'Before', Tags=[{'Key': 'why', 'Value': 'test'}])
writer.kill()
writer.wait()
expect(
    'before shop available 100 manual aurora-postgresql 5440 app_admin',
    s['DBClusterSnapshotIdentifier'],
    s['DBClusterIdentifier'],
    s['Status'],
    s['PercentProgress'],
    s['SnapshotType'],
    s['Engine'],
    s['Port'],
    s['MasterUsername'],
)
expect(
    "arn:aws:rds:us-east-1:444455556666:cluster-snapshot:before True True [{'Key': 'team', 'Value': 'a'}, {'Key': 'why', 'Value': 'test'}]",
    s['DBClusterSnapshotArn'],
    s['DbClusterResourceId'] == c['DbClusterResourceId'],
    s['EngineVersion'] == c['EngineVersion'],
    s['TagList'],
)
psql(c['Endpoint'], 'DROP TABLE t', database='orders', port=5440)
r = restore('before', 'again')
expect(
    '5440 orders app_admin [] [] False',
    r['Port'],
    r['DatabaseName'],
    r['MasterUsername'],
    r['DBClusterMembers'],
    r['TagList'],
    r['DeletionProtection'],
)
expect('True True', r['Endpoint'] != c['Endpoint'], r['DbClusterResourceId'] != c['DbClusterResourceId'])
instance('again', 'again-1')
instance('again', 'again-2')
expect('1|app_admin|joe', psql(r['Endpoint'], "SELECT i, current_user, to_regrole('joe') FROM t", database='orders', port=5440))
expect(
    't',
    psql(
        r['Endpoint'],
        "SELECT count(*) FILTER (WHERE side = 'left') = count(*) FILTER (WHERE side = 'right') FROM pairs",
        database='orders',
        port=5440,
    ),
)
expect('1|t', psql(r['ReaderEndpoint'], 'SELECT i, pg_is_in_recovery() FROM t', database='orders', port=5440))
expect('ERROR:  relation "t" does not exist', psql(c['Endpoint'], 'SELECT i FROM t', database='orders', port=5440).split('\n')[0])
expect(
    "['Creating manual cluster snapshot', 'Manual cluster snapshot created']",
    [e['Message'] for e in rds.describe_events(SourceType='db-cluster-snapshot', SourceIdentifier='before')['Events']],
)
delete('shop', 'shop-1')
expect('1', psql(r['Endpoint'], 'SELECT i FROM t', database='orders', port=5440))
delete('again', 'again-2', 'again-1')
expect('available', available('before')['Status'])
expect('before', rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier='before')['DBClusterSnapshot']['DBClusterSnapshotIdentifier'])
rds.get_waiter('db_cluster_snapshot_deleted').wait(DBClusterSnapshotIdentifier='before', WaiterConfig=FAST)
expect(
    '404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: before',
    refused('describe_db_cluster_snapshots', DBClusterSnapshotIdentifier='before'),
)
