from cluster_fault_steps import *

from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(20)
same = lambda _: refused(
    'create_db_cluster', DBClusterIdentifier='same', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD
)
expect(str(['400 DBClusterAlreadyExistsFault: DB Cluster already exists'] * 9 + ['not refused']), sorted(pool.map(same, range(10))))
member = lambda _: refused(
    'create_db_instance',
    DBInstanceIdentifier='same-1',
    DBClusterIdentifier='same',
    Engine='aurora-postgresql',
    DBInstanceClass='db.r6g.large',
)
expect(str(['400 DBInstanceAlreadyExists: DB instance already exists'] * 9 + ['not refused']), sorted(pool.map(member, range(10))))
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='same-1', WaiterConfig=FAST)


def make(number):
    cluster(f'many-{number}')
    instance(f'many-{number}', f'many-{number}-1')
    return psql(describe(f'many-{number}')['Endpoint'], f'CREATE TABLE t AS SELECT {number} AS n; SELECT n FROM t').split()[-1]


expect('True', list(map(int, pool.map(make, range(20)))) == list(range(20)))


def end(number):
    held = subprocess.Popen(
        [PSQL, '-X', '-c', 'SELECT pg_sleep(100)'],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={
            'PATH': os.environ['PATH'],
            'PGHOST': describe(f'many-{number}')['Endpoint'],
            'PGUSER': 'app_admin',
            'PGPASSWORD': PASSWORD,
            'PGDATABASE': 'postgres',
        },
    )
    until(
        lambda: psql(describe(f'many-{number}')['Endpoint'], "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
        == '1'
    )
    delete(f'many-{number}', f'many-{number}-1')
    return held.communicate(timeout=30)[1].split('\n')[0]


expect("{'FATAL:  terminating connection due to administrator command'}", set(pool.map(end, range(20))))
delete('same', 'same-1')
