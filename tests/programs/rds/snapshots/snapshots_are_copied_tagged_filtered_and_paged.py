from snapshot_steps import *

cluster('many', Tags=[{'Key': 'a', 'Value': 'b'}])
snapshot('many', 'one')
rds.add_tags_to_resource(ResourceName=available('one')['DBClusterSnapshotArn'], Tags=[{'Key': 'x', 'Value': 'y'}])
rds.copy_db_cluster_snapshot(SourceDBClusterSnapshotIdentifier='one', TargetDBClusterSnapshotIdentifier='two', CopyTags=True)
two = available('two')
expect(
    "True [{'Key': 'x', 'Value': 'y'}] many",
    two['SourceDBClusterSnapshotArn'] == available('one')['DBClusterSnapshotArn'],
    two['TagList'],
    two['DBClusterIdentifier'],
)
expect(
    '400 DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier two already exists.',
    refused('copy_db_cluster_snapshot', SourceDBClusterSnapshotIdentifier='one', TargetDBClusterSnapshotIdentifier='two'),
)
expect(
    '404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody',
    refused('copy_db_cluster_snapshot', SourceDBClusterSnapshotIdentifier='nobody', TargetDBClusterSnapshotIdentifier='three'),
)
expect(
    "{'DBClusterSnapshotIdentifier': 'one', 'DBClusterSnapshotAttributes': [{'AttributeName': 'restore', 'AttributeValues': []}]}",
    rds.describe_db_cluster_snapshot_attributes(DBClusterSnapshotIdentifier='one')['DBClusterSnapshotAttributesResult'],
)
expect(
    '501 NotImplemented: Daybreak does not implement the operation ModifyDBClusterSnapshotAttribute of rds.',
    refused('modify_db_cluster_snapshot_attribute', DBClusterSnapshotIdentifier='one', AttributeName='restore', ValuesToAdd=['all']),
)
expect(
    '404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody',
    refused('describe_db_cluster_snapshot_attributes', DBClusterSnapshotIdentifier='nobody'),
)
names = lambda **filters: [
    s['DBClusterSnapshotIdentifier']
    for page in rds.get_paginator('describe_db_cluster_snapshots').paginate(**filters)
    for s in page['DBClusterSnapshots']
    if s['DBClusterIdentifier'] == 'many'
]
expect(
    "['one', 'two'] [] [] ['one', 'two']",
    names(DBClusterIdentifier='many'),
    names(DBClusterIdentifier='nobody'),
    names(SnapshotType='automated'),
    names(SnapshotType='manual'),
)
expect(
    "['two']",
    names(Filters=[{'Name': 'db-cluster-id', 'Values': ['many']}, {'Name': 'db-cluster-snapshot-id', 'Values': ['two', 'three']}]),
)
expect(
    '[] 400 InvalidParameterValue: Unrecognized filter name: size',
    names(Filters=[{'Name': 'engine', 'Values': ['aurora-mysql']}]),
    refused('describe_db_cluster_snapshots', Filters=[{'Name': 'size', 'Values': ['1']}]),
)
for n in range(19):
    rds.create_db_cluster_snapshot(DBClusterIdentifier='many', DBClusterSnapshotIdentifier=f'page-{n:02}')
pages = [
    len(page['DBClusterSnapshots'])
    for page in rds.get_paginator('describe_db_cluster_snapshots').paginate(DBClusterIdentifier='many', PaginationConfig={'PageSize': 20})
]
expect(
    '[20, 1] 400 InvalidParameterValue: Invalid value 5 for MaxRecords. Must be between 20 and 100',
    pages,
    refused('describe_db_cluster_snapshots', MaxRecords=5),
)
for name in names():
    available(name)
    rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier=name)
expect('[]', names())
delete('many')
