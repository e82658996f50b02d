from shown_settings_steps import *


def bad(**changed):
    return refused(
        'create_db_cluster',
        **{
            **dict(DBClusterIdentifier='bad', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD),
            **changed,
        }
    )


stranger = role('stranger', 'lambda.amazonaws.com')
expect(
    '400 InvalidParameterCombination: A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.',
    bad(MonitoringInterval=60),
)
expect(
    '400 InvalidParameterValue: Invalid monitoring interval: 7. Valid values are: 0, 1, 5, 10, 15, 30, 60',
    bad(MonitoringInterval=7, MonitoringRoleArn=stranger),
)
expect(
    '400 InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING',
    bad(MonitoringInterval=60, MonitoringRoleArn=stranger),
)
expect(
    '400 InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING',
    bad(MonitoringInterval=60, MonitoringRoleArn='arn:aws:iam::444455556666:role/nobody'),
)
expect(
    '400 InvalidParameterCombination: You must specify a MonitoringInterval value other than 0 when you specify a MonitoringRoleARN value.',
    bad(MonitoringRoleArn=stranger),
)
expect(
    '400 InvalidParameterValue: Invalid Performance Insights retention period. Valid values are: ',
    bad(EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=94).split('[')[0],
)
expect('400 InvalidParameterCombination', bad(PerformanceInsightsRetentionPeriod=7).split(':')[0])
expect(
    '400 InvalidParameterCombination: To enable the Advanced mode of Database Insights, Performance Insights must be enabled with a retention period of at least 465 days.',
    bad(EnablePerformanceInsights=True, DatabaseInsightsMode='advanced'),
)
expect(
    '400 InvalidParameterValue: Invalid DatabaseInsightsMode: loud. Valid values are: standard, advanced', bad(DatabaseInsightsMode='loud')
)
expect('400 InvalidParameterCombination', bad(KmsKeyId=KEY).split(':')[0])
expect(
    '400 KMSKeyNotAccessibleFault: The specified KMS key [alias/mine] either does not exist, is not enabled, or you do not have permissions to access it.',
    bad(StorageEncrypted=True, KmsKeyId='alias/mine'),
)
expect('400 KMSKeyNotAccessibleFault', bad(StorageEncrypted=True, KmsKeyId=KEY.replace('us-east-1', 'eu-west-1')).split(':')[0])
expect('400 InvalidParameterValue: Backtrack is not enabled for the aurora-postgresql engine.', bad(BacktrackWindow=3600))
for name, expected in zip(
    ('EnableLocalWriteForwarding', 'EnableHttpEndpoint'),
    [
        '501 NotImplemented: Daybreak does not implement the parameter EnableLocalWriteForwarding of CreateDBCluster.',
        '501 NotImplemented: Daybreak does not implement the parameter EnableHttpEndpoint of CreateDBCluster.',
    ],
    strict=True,
):
    expect(expected, bad(**{name: True}))
expect(
    "400 InvalidParameterCombination: You cannot use the log types 'audit' with engine version aurora-postgresql",
    bad(EnableCloudwatchLogsExports=['postgresql', 'audit'])[:107],
)
cluster('good')
expect(
    '400 InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster. Set KMS key for the DB Cluster.',
    refused(
        'create_db_instance',
        DBInstanceIdentifier='good-1',
        DBClusterIdentifier='good',
        Engine='aurora-postgresql',
        DBInstanceClass='db.r6g.large',
        KmsKeyId=KEY,
    ),
)
expect(
    '400 InvalidParameterValue: Backtrack is not enabled for the aurora-postgresql engine.',
    refused('modify_db_cluster', DBClusterIdentifier='good', BacktrackWindow=1),
)
