from shown_settings_steps import *

watcher = role('watcher', 'monitoring.rds.amazonaws.com')
c = cluster(
    'shown',
    StorageEncrypted=True,
    KmsKeyId=KEY.split('/')[1],
    EnablePerformanceInsights=True,
    PerformanceInsightsRetentionPeriod=62,
    MonitoringInterval=60,
    MonitoringRoleArn=watcher,
    BacktrackWindow=0,
)
own = c['PerformanceInsightsKMSKeyId']
expect(
    "Z2R2ITUGPM61AM True True True [True, 62] [60, 'arn:aws:iam::444455556666:role/watcher']",
    c['HostedZoneId'],
    c['StorageEncrypted'],
    c['KmsKeyId'] == KEY,
    own.startswith('arn:aws:kms:us-east-1:444455556666:key/'),
    shown(c, *INSIGHTS)[::2],
    shown(c, *MONITORING)[:2],
)
i = instance('shown', 'shown-1')
expect(
    'Z2R2ITUGPM61AM True True [True, 62] True',
    i['Endpoint']['HostedZoneId'],
    i['StorageEncrypted'],
    i['KmsKeyId'] == KEY,
    shown(i, *INSIGHTS)[::2],
    i['PerformanceInsightsKMSKeyId'] == own,
)
expect(
    "[60, 'arn:aws:iam::444455556666:role/watcher'] True",
    shown(i, *MONITORING)[:2],
    i['EnhancedMonitoringResourceArn'] == 'arn:aws:logs:us-east-1:444455556666:log-group:RDSOSMetrics:log-stream:' + i['DbiResourceId'],
)
i = rds.modify_db_instance(DBInstanceIdentifier='shown-1', MonitoringInterval=0, EnablePerformanceInsights=False)['DBInstance']
expect("[False, None, None, 'standard'] [0, None, None]", shown(i, *INSIGHTS), shown(i, *MONITORING))
i = rds.modify_db_instance(
    DBInstanceIdentifier='shown-1',
    MonitoringInterval=5,
    MonitoringRoleArn=watcher,
    EnablePerformanceInsights=True,
    PerformanceInsightsKMSKeyId=KEY,
    PerformanceInsightsRetentionPeriod=731,
)['DBInstance']
expect(
    "[True, 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab', 731, 'standard'] 5",
    shown(i, *INSIGHTS),
    i['MonitoringInterval'],
)
expect(
    '400 InvalidParameterCombination: You cannot change your Performance Insights KMS key.',
    refused('modify_db_instance', DBInstanceIdentifier='shown-1', PerformanceInsightsKMSKeyId=KEY[:-1] + 'c'),
)
i = rds.modify_db_instance(DBInstanceIdentifier='shown-1', MonitoringInterval=1, DatabaseInsightsMode='advanced')['DBInstance']
expect('1 True advanced', i['MonitoringInterval'], i['MonitoringRoleArn'] == watcher, i['DatabaseInsightsMode'])
c = rds.modify_db_cluster(
    DBClusterIdentifier='shown',
    PerformanceInsightsRetentionPeriod=465,
    DatabaseInsightsMode='advanced',
    MonitoringInterval=0,
    BacktrackWindow=0,
)['DBCluster']
expect("[465, 'advanced'] [0, None]", shown(c, *INSIGHTS)[2:], shown(c, *MONITORING)[:2])
rds.create_db_cluster_snapshot(DBClusterIdentifier='shown', DBClusterSnapshotIdentifier='keyed')
rds.get_waiter('db_cluster_snapshot_available').wait(DBClusterSnapshotIdentifier='keyed', WaiterConfig=FAST)
expect('True', rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier='keyed')['DBClusterSnapshots'][0]['KmsKeyId'] == KEY)
other = KEY[:-1] + 'c'
expect(
    'True',
    rds.restore_db_cluster_from_snapshot(
        DBClusterIdentifier='again', SnapshotIdentifier='keyed', Engine='aurora-postgresql', KmsKeyId=other, BacktrackWindow=0
    )['DBCluster']['KmsKeyId']
    == other,
)
expect(
    'True',
    rds.copy_db_cluster_snapshot(SourceDBClusterSnapshotIdentifier='keyed', TargetDBClusterSnapshotIdentifier='rekeyed', KmsKeyId=other)[
        'DBClusterSnapshot'
    ]['KmsKeyId']
    == other,
)
c = cluster('plain')
expect(
    "False False [False, None, None, 'standard'] [0, None, None]",
    c['StorageEncrypted'],
    'KmsKeyId' in c,
    shown(c, *INSIGHTS),
    shown(c, *MONITORING),
)
c = cluster('default', StorageEncrypted=True)
expect('True', c['KmsKeyId'] == own)
a = rds.create_db_instance(
    DBInstanceIdentifier='alone',
    Engine='postgres',
    DBInstanceClass='db.t4g.micro',
    AllocatedStorage=20,
    MasterUsername='app_admin',
    MasterUserPassword=PASSWORD,
    StorageEncrypted=True,
    KmsKeyId=KEY,
    EnablePerformanceInsights=True,
    MonitoringInterval=15,
    MonitoringRoleArn=watcher,
)['DBInstance']
expect('True True [True, 7] 15', a['StorageEncrypted'], a['KmsKeyId'] == KEY, shown(a, *INSIGHTS)[::2], a['MonitoringInterval'])
