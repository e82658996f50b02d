from cluster_calls import *

rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='loud', DBParameterGroupFamily=FAMILY, Description='d')
rds.modify_db_cluster_parameter_group(
    DBClusterParameterGroupName='loud',
    Parameters=[
        {'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': 'pending-reboot'}
        for name, value in {
            'log_statement': 'all',
            'log_min_duration_statement': '0',
            'log_transaction_sample_rate': '1',
            'debug_print_parse': '1',
            'log_error_verbosity': 'verbose',
            'shared_preload_libraries': 'pg_stat_statements',
            'pg_stat_statements.track': 'all',
        }.items()
    ],
)
cluster('loud', DBClusterParameterGroupName='loud')
host = instance('loud', 'loud-1')['Endpoint']['Address']
rds.modify_db_cluster(DBClusterIdentifier='loud', MasterUserPassword='another-password', ApplyImmediately=True)
began = time.monotonic()
while (shown := psql(host, 'SELECT 1', password='another-password')) != '1' and time.monotonic() < began + 30:
    pass
expect(
    '1 ERROR:  invalid input syntax for type integer: "said by a user"',
    shown,
    psql(host, "SELECT 'said by a user' / 0", password='another-password').split('\n')[0],
)
