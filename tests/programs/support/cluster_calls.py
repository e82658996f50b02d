from rds_calls import *
import glob, os, subprocess, time

PASSWORD = 'correct-horse_battery'
FAST = {'Delay': 0.2, 'MaxAttempts': 300}
# Debian's /usr/bin/psql is a Perl program that looks for the newest of these.
PSQL = max(glob.glob('/usr/lib/postgresql/*/bin/psql'), key=lambda path: float(path.split('/')[4]), default='psql')


def psql(host, sql, user='app_admin', database='postgres', port=5432, password=PASSWORD, **environment):
    ended = subprocess.run(
        [PSQL, '-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql],
        capture_output=True,
        text=True,
        env={
            'PATH': os.environ['PATH'],
            'PGHOST': host,
            'PGPORT': str(port),
            'PGUSER': user,
            'PGPASSWORD': password,
            'PGDATABASE': database,
            'PGCONNECT_TIMEOUT': '20',
            **environment,
        },
    )
    return ended.stdout.strip() if ended.returncode == 0 else ended.stderr.strip()


def cluster(name, **parameters):
    rds.create_db_cluster(
        DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD, **parameters
    )
    rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier=name, WaiterConfig=FAST)
    return describe(name)


def describe(name):
    return rds.describe_db_clusters(DBClusterIdentifier=name)['DBClusters'][0]


def instance(cluster, name, **parameters):
    rds.create_db_instance(
        DBInstanceIdentifier=name, DBClusterIdentifier=cluster, Engine='aurora-postgresql', DBInstanceClass='db.r6g.large', **parameters
    )
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
    return rds.describe_db_instances(DBInstanceIdentifier=name)['DBInstances'][0]


def delete(cluster, *names):
    for name in names:
        rds.delete_db_instance(DBInstanceIdentifier=name)
    for name in names:
        rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
    rds.delete_db_cluster(DBClusterIdentifier=cluster, SkipFinalSnapshot=True)
    rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier=cluster, WaiterConfig=FAST)
