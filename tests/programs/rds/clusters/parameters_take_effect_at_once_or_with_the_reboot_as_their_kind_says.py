from cluster_calls import *

rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='tuned', DBParameterGroupFamily=FAMILY, Description='d')
c = cluster('params', DBClusterParameterGroupName='tuned')
instance('params', 'params-1')
show = lambda name: psql(c['Endpoint'], 'SHOW ' + name)


def status():
    return describe('params')['DBClusterMembers'][0]['DBClusterParameterGroupStatus']


rds.modify_db_cluster_parameter_group(
    DBClusterParameterGroupName='tuned',
    Parameters=[
        {'ParameterName': 'work_mem', 'ParameterValue': '8192', 'ApplyMethod': 'immediate'},
        {'ParameterName': 'log_min_messages', 'ParameterValue': 'panic', 'ApplyMethod': 'immediate'},
        {'ParameterName': 'max_connections', 'ParameterValue': '37', 'ApplyMethod': 'pending-reboot'},
    ],
)
began = time.monotonic()
while show('work_mem') != '8MB':
    assert time.monotonic() < began + 30
expect('100 pending-reboot', show('max_connections'), status())
rds.reboot_db_instance(DBInstanceIdentifier='params-1')
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='params-1', WaiterConfig=FAST)
expect('37 in-sync 8MB', show('max_connections'), status(), show('work_mem'))
rds.modify_db_cluster(DBClusterIdentifier='params', MasterUserPassword='another-password', ApplyImmediately=True)
while psql(c['Endpoint'], 'SELECT 5', password='another-password') != '5':
    assert time.monotonic() < began + 30
rds.stop_db_cluster(DBClusterIdentifier='params')
while describe('params')['Status'] != 'stopped':
    time.sleep(0.1)
expect(
    'True 400 InvalidDBInstanceState: Instance params-1 is not in available state.',
    'Connection refused' in psql(c['Endpoint'], 'SELECT 1'),
    refused('reboot_db_instance', DBInstanceIdentifier='params-1'),
)
rds.start_db_cluster(DBClusterIdentifier='params')
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='params', WaiterConfig=FAST)
expect('6', psql(c['Endpoint'], 'SELECT 6', password='another-password'))
expect(
    '400 InvalidDBParameterGroupState: One or more database instances are still members of this parameter group tuned, so the group cannot be deleted',
    refused('delete_db_cluster_parameter_group', DBClusterParameterGroupName='tuned'),
)
delete('params', 'params-1')
