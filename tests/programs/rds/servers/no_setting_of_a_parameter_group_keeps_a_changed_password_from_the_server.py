from cluster_calls import *

rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='narrow', DBParameterGroupFamily=FAMILY, Description='d')
cluster('narrowed', DBClusterParameterGroupName='narrow')
host = instance('narrowed', 'narrowed-1')['Endpoint']['Address']
equal(
    psql(
        host,
        "CREATE SCHEMA evil; CREATE FUNCTION evil.equals(name, text) RETURNS boolean LANGUAGE sql AS 'SELECT false'; CREATE OPERATOR evil.= (FUNCTION = evil.equals, LEFTARG = name, RIGHTARG = text)",
    ),
    'CREATE SCHEMA\nCREATE FUNCTION\nCREATE OPERATOR',
)
FREE = ['statement_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout']


def shown(sql, *but):
    return psql(host, sql, password=password, PGOPTIONS=' '.join(f'-c {name}=0' for name in FREE if name not in but))


password = PASSWORD
for name, value, shows in [
    ('search_path', 'evil, pg_catalog', 'evil, pg_catalog'),
    ('default_transaction_read_only', '1', 'on'),
    ('session_replication_role', 'replica', 'replica'),
    ('lock_timeout', '1', '1'),
    ('idle_in_transaction_session_timeout', '1', '1'),
    ('statement_timeout', '1', '1'),
    ('idle_session_timeout', '1', '1'),
]:
    rds.modify_db_cluster_parameter_group(
        DBClusterParameterGroupName='narrow', Parameters=[{'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': 'immediate'}]
    )
    began = time.monotonic()
    while shown(f"SELECT reset_val FROM pg_settings WHERE name OPERATOR(pg_catalog.=) '{name}'", name) not in (
        shows,
        'ERROR:  canceling statement due to statement timeout',
    ):
        assert time.monotonic() < began + 60, name
    password = 'password-with-' + name
    rds.modify_db_cluster(DBClusterIdentifier='narrowed', MasterUserPassword=password, ApplyImmediately=True)
    began = time.monotonic()
    while (answer := shown('SELECT 1')) != '1' and time.monotonic() < began + 30:
        pass
    expect(f'{name} 1', name, answer)
