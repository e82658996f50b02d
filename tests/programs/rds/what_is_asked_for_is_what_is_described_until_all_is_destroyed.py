from terraform_sequence_steps import *

# apply
subnets = dict(DBSubnetGroupDescription='Managed by Terraform', SubnetIds=set(SUBNETS))
rds.create_db_subnet_group(
    DBSubnetGroupName='tf-subnets', DBSubnetGroupDescription=subnets['DBSubnetGroupDescription'], SubnetIds=SUBNETS, Tags=pairs(tags)
)
subnet_arn = read_subnet_group('tf-subnets', {**subnets, 'Tags': tags, 'SubnetGroupStatus': 'Complete'})

rds.create_db_cluster_parameter_group(
    DBClusterParameterGroupName='tf-cluster', DBParameterGroupFamily=FAMILY, Description='Managed by Terraform', Tags=pairs(tags)
)
rds.modify_db_cluster_parameter_group(
    DBClusterParameterGroupName='tf-cluster',
    Parameters=[
        {'ParameterName': 'log_min_duration_statement', 'ParameterValue': '500', 'ApplyMethod': 'immediate'},
        {'ParameterName': 'max_connections', 'ParameterValue': '50', 'ApplyMethod': 'pending-reboot'},
    ],
)
wanted = dict(DBParameterGroupFamily=FAMILY, Description='Managed by Terraform', Tags=tags)
cluster_group_arn = read_group(
    'cluster',
    'tf-cluster',
    {**wanted, 'Parameters': [('log_min_duration_statement', '500', 'immediate'), ('max_connections', '50', 'pending-reboot')]},
)
rds.create_db_parameter_group(
    DBParameterGroupName='tf-instance', DBParameterGroupFamily=FAMILY, Description='Managed by Terraform', Tags=pairs(tags)
)
rds.modify_db_parameter_group(
    DBParameterGroupName='tf-instance', Parameters=[{'ParameterName': 'work_mem', 'ParameterValue': '8192', 'ApplyMethod': 'immediate'}]
)
group_arn = read_group('instance', 'tf-instance', {**wanted, 'Parameters': [('work_mem', '8192', 'immediate')]})

cluster_asked = dict(
    BackupRetentionPeriod=7,
    CopyTagsToSnapshot=True,
    DatabaseName='app',
    DBClusterIdentifier='tf',
    DBClusterParameterGroupName='tf-cluster',
    DBSubnetGroupName='tf-subnets',
    DeletionProtection=True,
    Engine='aurora-postgresql',
    EngineMode='provisioned',
    EngineVersion=VERSION,
    MasterUsername='app_admin',
    Port=5450,
    PreferredBackupWindow='02:00-03:00',
    PreferredMaintenanceWindow='mon:04:00-mon:05:00',
    ServerlessV2ScalingConfiguration={'MinCapacity': 0.5, 'MaxCapacity': 4.0},
    StorageEncrypted=True,
    EngineLifecycleSupport='open-source-rds-extended-support',
    NetworkType='IPV4',
    DatabaseInsightsMode='standard',
    AutoMinorVersionUpgrade=True,
)
rds.create_db_cluster(
    **cluster_asked, MasterUserPassword=PASSWORD, EnableHttpEndpoint=False, EnableIAMDatabaseAuthentication=False, Tags=pairs(tags)
)
wait(lambda: status('tf'), 'available'.__eq__)
c = read_cluster(
    'tf',
    {
        **cluster_asked,
        'Tags': tags,
        'EnableHttpEndpoint': False,
        'EnableIAMDatabaseAuthentication': False,
        'AssociatedRoles': [],
        'DBClusterMembers': [],
    },
)

instance_asked = dict(
    AutoMinorVersionUpgrade=True,
    CopyTagsToSnapshot=False,
    DBClusterIdentifier='tf',
    DBInstanceClass='db.serverless',
    DBParameterGroupName='tf-instance',
    Engine='aurora-postgresql',
    EngineVersion=VERSION,
    PromotionTier=0,
    PubliclyAccessible=False,
    DBSubnetGroupName='tf-subnets',
    PreferredMaintenanceWindow='tue:04:00-tue:05:00',
)
for number in (1, 2):
    rds.create_db_instance(**instance_asked, DBInstanceIdentifier=f'tf-{number}', MonitoringInterval=0, Tags=pairs(tags))
    wait(lambda: instance_status(f'tf-{number}'), 'available'.__eq__)
    read_instance(
        f'tf-{number}',
        {
            **instance_asked,
            'DBInstanceIdentifier': f'tf-{number}',
            'Tags': tags,
            'MonitoringInterval': 0,
            'PerformanceInsightsEnabled': False,
            'StorageEncrypted': True,
            'NetworkType': 'IPV4',
            'PreferredBackupWindow': '02:00-03:00',
            'CACertificateIdentifier': 'rds-ca-rsa2048-g1',
        },
    )
members = describe('tf')['DBClusterMembers']
equal([(m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in members], [('tf-1', True), ('tf-2', False)])

role = iam.create_role(
    RoleName='tf-lambda',
    AssumeRolePolicyDocument=json.dumps(
        {
            'Version': '2012-10-17',
            'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'rds.amazonaws.com'}, 'Action': 'sts:AssumeRole'}],
        }
    ),
)['Role']['Arn']
rds.add_role_to_db_cluster(DBClusterIdentifier='tf', RoleArn=role, FeatureName='Lambda')
roles = lambda: describe('tf')['AssociatedRoles']
wait(roles, lambda found: found == [{'RoleArn': role, 'Status': 'ACTIVE', 'FeatureName': 'Lambda'}])

endpoint_asked = dict(DBClusterEndpointIdentifier='tf-any', DBClusterIdentifier='tf', EndpointType='ANY', StaticMembers=['tf-1', 'tf-2'])
rds.create_db_cluster_endpoint(**endpoint_asked, Tags=pairs(tags))
endpoints = lambda: rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='tf-any')['DBClusterEndpoints']
wait(lambda: the_one(endpoints())['Status'], 'available'.__eq__)
e = read_endpoint('tf-any', {**endpoint_asked, 'ExcludedMembers': [], 'Tags': tags})

rds.create_db_cluster_snapshot(DBClusterIdentifier='tf', DBClusterSnapshotIdentifier='tf-snap', Tags=pairs(tags))
wait(
    lambda: the_one(rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier='tf-snap')['DBClusterSnapshots'])['Status'],
    'available'.__eq__,
)
s = read_snapshot(
    'tf-snap',
    dict(
        DBClusterIdentifier='tf',
        DBClusterSnapshotIdentifier='tf-snap',
        Engine='aurora-postgresql',
        EngineVersion=VERSION,
        LicenseModel='postgresql-license',
        Port=5450,
        SnapshotType='manual',
        StorageEncrypted=True,
        VpcId=rds.describe_db_subnet_groups(DBSubnetGroupName='tf-subnets')['DBSubnetGroups'][0]['VpcId'],
        Tags=tags,
        AvailabilityZones=c['AvailabilityZones'],
        AllocatedStorage=1,
    ),
)
expect('applied []', 'applied', drift)

# change
rds.modify_db_subnet_group(DBSubnetGroupName='tf-subnets', DBSubnetGroupDescription='changed', SubnetIds=SUBNETS[:2])
more = {**tags, 'env': 'prod', 'new': ''}
retag(subnet_arn, tags, more)
read_subnet_group('tf-subnets', dict(DBSubnetGroupDescription='changed', SubnetIds=set(SUBNETS[:2]), Tags=more))
rds.reset_db_cluster_parameter_group(
    DBClusterParameterGroupName='tf-cluster',
    ResetAllParameters=False,
    Parameters=[{'ParameterName': 'max_connections', 'ApplyMethod': 'pending-reboot'}],
)
rds.modify_db_cluster_parameter_group(
    DBClusterParameterGroupName='tf-cluster',
    Parameters=[{'ParameterName': 'log_min_duration_statement', 'ParameterValue': '900', 'ApplyMethod': 'immediate'}],
)
retag(cluster_group_arn, tags, {})
read_group('cluster', 'tf-cluster', {**wanted, 'Tags': {}, 'Parameters': [('log_min_duration_statement', '900', 'immediate')]})
retag(group_arn, tags, more)
changed = dict(
    BackupRetentionPeriod=3,
    CopyTagsToSnapshot=False,
    DeletionProtection=False,
    PreferredBackupWindow='05:00-06:00',
    PreferredMaintenanceWindow='wed:04:00-wed:05:00',
    ServerlessV2ScalingConfiguration={'MinCapacity': 1.0, 'MaxCapacity': 8.0},
)
rds.modify_db_cluster(DBClusterIdentifier='tf', ApplyImmediately=True, MasterUserPassword='another-password', **changed)
wait(lambda: status('tf'), 'available'.__eq__)
retag(c['DBClusterArn'], tags, more)
read_cluster('tf', {**cluster_asked, **changed, 'Tags': more})
changed = dict(
    PromotionTier=5,
    AutoMinorVersionUpgrade=False,
    CopyTagsToSnapshot=True,
    DBInstanceClass='db.r6g.large',
    PreferredMaintenanceWindow='thu:04:00-thu:05:00',
)
rds.modify_db_instance(DBInstanceIdentifier='tf-2', ApplyImmediately=True, **changed)
wait(lambda: instance_status('tf-2'), 'available'.__eq__)
i = read_instance('tf-2', {**instance_asked, **changed, 'DBInstanceIdentifier': 'tf-2', 'Tags': tags, 'PendingModifiedValues': {}})
retag(i['DBInstanceArn'], tags, more)
rds.modify_db_cluster_endpoint(DBClusterEndpointIdentifier='tf-any', EndpointType='READER', ExcludedMembers=['tf-1'], StaticMembers=[])
retag(e['DBClusterEndpointArn'], tags, more)
read_endpoint('tf-any', {**endpoint_asked, 'EndpointType': 'READER', 'StaticMembers': [], 'ExcludedMembers': ['tf-1'], 'Tags': more})
retag(s['DBClusterSnapshotArn'], tags, more)
expect('changed []', 'changed', drift)

# destroy
rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier='tf-snap')
rds.delete_db_cluster_endpoint(DBClusterEndpointIdentifier='tf-any')
wait(endpoints, [].__eq__)
rds.remove_role_from_db_cluster(DBClusterIdentifier='tf', RoleArn=role, FeatureName='Lambda')
wait(roles, [].__eq__)
for number in (2, 1):
    rds.delete_db_instance(DBInstanceIdentifier=f'tf-{number}')
    wait(
        lambda: refused('describe_db_instances', DBInstanceIdentifier=f'tf-{number}'),
        f'404 DBInstanceNotFound: DBInstance tf-{number} not found.'.__eq__,
    )
rds.delete_db_cluster(DBClusterIdentifier='tf', SkipFinalSnapshot=True, DeleteAutomatedBackups=True)
wait(lambda: refused('describe_db_clusters', DBClusterIdentifier='tf'), '404 DBClusterNotFoundFault: DBCluster tf not found.'.__eq__)
rds.delete_db_cluster_parameter_group(DBClusterParameterGroupName='tf-cluster')
rds.delete_db_parameter_group(DBParameterGroupName='tf-instance')
rds.delete_db_subnet_group(DBSubnetGroupName='tf-subnets')
iam.delete_role(RoleName='tf-lambda')
for operation, parameters, error in (
    (
        'describe_db_cluster_parameter_groups',
        {'DBClusterParameterGroupName': 'tf-cluster'},
        '404 DBParameterGroupNotFound: DBClusterParameterGroup not found: tf-cluster',
    ),
    (
        'describe_db_parameter_groups',
        {'DBParameterGroupName': 'tf-instance'},
        '404 DBParameterGroupNotFound: DBParameterGroup not found: tf-instance',
    ),
    (
        'describe_db_subnet_groups',
        {'DBSubnetGroupName': 'tf-subnets'},
        "404 DBSubnetGroupNotFoundFault: DB subnet group 'tf-subnets' does not exist.",
    ),
    (
        'describe_db_cluster_snapshots',
        {'DBClusterSnapshotIdentifier': 'tf-snap'},
        '404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: tf-snap',
    ),
    (
        'list_tags_for_resource',
        {'ResourceName': s['DBClusterSnapshotArn']},
        '404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: tf-snap',
    ),
):
    if (answer := refused(operation, **parameters)) != error:
        drift.append(answer)
expect('destroyed []', 'destroyed', drift)
