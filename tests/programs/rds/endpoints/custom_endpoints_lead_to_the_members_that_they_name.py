from endpoint_steps import *

c = cluster('c')
for name in ('c-1', 'c-2', 'c-3'):
    instance('c', name)
any_ = endpoint('c', 'Any', EndpointType='ANY', Tags=[{'Key': 'a', 'Value': 'b'}])
readers = endpoint('c', 'readers', EndpointType='READER')
static = endpoint('c', 'static', EndpointType='ANY', StaticMembers=['c-1', 'C-3'])
without = endpoint('c', 'without', EndpointType='READER', ExcludedMembers=['c-2'])
expect(
    "['c-1', 'c-2', 'c-3'] ['c-2', 'c-3'] ['c-1', 'c-3'] ['c-3'] ['c-2', 'c-3'] ['c-1']",
    servers(any_),
    servers(readers),
    servers(static),
    servers(without),
    servers(c['ReaderEndpoint']),
    servers(c['Endpoint']),
)
expect(
    '6 True',
    len({any_, readers, static, without, c['ReaderEndpoint'], c['Endpoint']}),
    describe('c')['CustomEndpoints'] == [any_, readers, static, without],
)
for e, expected in zip(
    rds.describe_db_cluster_endpoints(DBClusterIdentifier='c')['DBClusterEndpoints'],
    [
        "None c READER None available None None ['']",
        "None c WRITER None available None None ['']",
        "any c CUSTOM ANY available [] [] ['cluster-endpoint', 'any']",
        "readers c CUSTOM READER available [] [] ['cluster-endpoint', 'readers']",
        "static c CUSTOM ANY available ['c-1', 'c-3'] [] ['cluster-endpoint', 'static']",
        "without c CUSTOM READER available [] ['c-2'] ['cluster-endpoint', 'without']",
    ],
    strict=True,
):
    expect(
        expected,
        e.get('DBClusterEndpointIdentifier'),
        e['DBClusterIdentifier'],
        e['EndpointType'],
        e.get('CustomEndpointType'),
        e['Status'],
        e.get('StaticMembers'),
        e.get('ExcludedMembers'),
        e.get('DBClusterEndpointArn', '').split(':')[-2:],
    )
rds.modify_db_cluster_endpoint(DBClusterEndpointIdentifier='static', StaticMembers=['c-2'])
rds.modify_db_cluster_endpoint(DBClusterEndpointIdentifier='without', EndpointType='ANY', ExcludedMembers=[], StaticMembers=[])
began = time.monotonic()
while servers(static, 2) != ['c-2'] or servers(without) != ['c-1', 'c-2', 'c-3']:
    assert time.monotonic() < began + 30
rds.failover_db_cluster(DBClusterIdentifier='c', TargetDBInstanceIdentifier='c-2')
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='c', WaiterConfig=FAST)
while servers(readers) != ['c-1', 'c-3'] or servers(c['ReaderEndpoint']) != ['c-1', 'c-3']:
    assert time.monotonic() < began + 30
expect("['c-2']", servers(static))
expect(
    "[{'Key': 'a', 'Value': 'b'}]",
    rds.list_tags_for_resource(
        ResourceName=[
            e['DBClusterEndpointArn'] for e in rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='any')['DBClusterEndpoints']
        ][0]
    )['TagList'],
)
expect('deleting', rds.delete_db_cluster_endpoint(DBClusterEndpointIdentifier='any')['Status'])
while rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='any')['DBClusterEndpoints']:
    assert time.monotonic() < began + 60
expect('True', 'Connection refused' in psql(any_, 'SELECT 1'))
kinds = lambda name, *values: [
    e['EndpointType']
    for e in rds.describe_db_cluster_endpoints(DBClusterIdentifier='c', Filters=[{'Name': name, 'Values': values}])['DBClusterEndpoints']
]
expect(
    "['READER', 'WRITER'] ['CUSTOM', 'CUSTOM'] ['CUSTOM'] []",
    kinds('db-cluster-endpoint-type', 'reader', 'writer'),
    kinds('db-cluster-endpoint-custom-type', 'any'),
    kinds('db-cluster-endpoint-id', 'static'),
    kinds('db-cluster-endpoint-status', 'deleting'),
)
rds.stop_db_cluster(DBClusterIdentifier='c')
while describe('c')['Status'] != 'stopped':
    assert time.monotonic() < began + 60
expect(
    'True 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped',
    'Connection refused' in psql(static, 'SELECT 1'),
    refused('create_db_cluster_endpoint', DBClusterIdentifier='c', DBClusterEndpointIdentifier='no', EndpointType='ANY'),
)
rds.start_db_cluster(DBClusterIdentifier='c')
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='c', WaiterConfig=FAST)
expect("['c-2']", servers(static))
delete('c', 'c-1', 'c-3', 'c-2')
expect(
    '[]',
    [
        e['DBClusterEndpointIdentifier']
        for e in rds.describe_db_cluster_endpoints()['DBClusterEndpoints']
        if e['DBClusterIdentifier'] == 'c'
    ],
)
