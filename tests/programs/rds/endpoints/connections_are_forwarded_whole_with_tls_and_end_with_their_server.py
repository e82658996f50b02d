from endpoint_steps import *

c = cluster('pipe')
instance('pipe', 'pipe-1')
reader = c['ReaderEndpoint']
expect(
    '30000000 t',
    len(psql(reader, "SELECT repeat('x', 30000000)")),
    psql(reader, 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()', PGSSLMODE='require'),
)
sent = subprocess.run(
    [PSQL, '-X', '-A', '-t', '-q', '-c', 'CREATE TEMP TABLE t (x text)', '-c', 'COPY t FROM STDIN', '-c', 'SELECT sum(length(x)) FROM t'],
    capture_output=True,
    text=True,
    input='y' * 20000000 + '\n',
    env={'PATH': os.environ['PATH'], 'PGHOST': reader, 'PGUSER': 'app_admin', 'PGPASSWORD': PASSWORD, 'PGDATABASE': 'postgres'},
)
expect('20000000 ', sent.stdout.strip(), sent.stderr)
sleeping = [
    subprocess.Popen(
        [PSQL, '-X', '-c', 'SELECT pg_sleep(100)'],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={'PATH': os.environ['PATH'], 'PGHOST': reader, 'PGUSER': 'app_admin', 'PGPASSWORD': PASSWORD, 'PGDATABASE': 'postgres'},
    )
    for _ in range(40)
]
began = time.monotonic()
while psql(c['Endpoint'], "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") != '40':
    assert time.monotonic() < began + 30
sleeping[0].kill()
while psql(c['Endpoint'], "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") not in ('39', '40'):
    assert time.monotonic() < began + 30
rds.reboot_db_instance(DBInstanceIdentifier='pipe-1')
ends = [one.communicate(timeout=30)[1].strip().split('\n')[0] for one in sleeping[1:]]
expect("{'FATAL:  terminating connection due to administrator command'}", set(ends))
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='pipe-1', WaiterConfig=FAST)
expect('1', psql(reader, 'SELECT 1'))
delete('pipe', 'pipe-1')
