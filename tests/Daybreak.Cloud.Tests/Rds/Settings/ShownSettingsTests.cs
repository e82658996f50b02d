namespace Daybreak.Cloud.Tests.Rds.Settings;

/// <summary>Settings whose effect on AWS cannot be seen from outside: kept, shown and checked.</summary>
[Trait("Pace", "slow")]
public sealed class ShownSettingsTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Beginning = """
        KEY = 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'
        def role(name, service):
            trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': service}, 'Action': 'sts:AssumeRole'}]}
            return iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))['Role']['Arn']
        def shown(what, *names):
            return [what.get(name) for name in names]
        INSIGHTS = ('PerformanceInsightsEnabled', 'PerformanceInsightsKMSKeyId', 'PerformanceInsightsRetentionPeriod', 'DatabaseInsightsMode')
        MONITORING = ('MonitoringInterval', 'MonitoringRoleArn', 'EnhancedMonitoringResourceArn')

        """;

    [Fact]
    public async Task Monitoring_insights_keys_and_zones_are_shown_as_they_were_set()
    {
        var lines = await RunAsync(
            """
            watcher = role('watcher', 'monitoring.rds.amazonaws.com')
            c = cluster('shown', StorageEncrypted=True, KmsKeyId=KEY.split('/')[1], EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=62, MonitoringInterval=60, MonitoringRoleArn=watcher, BacktrackWindow=0)
            own = c['PerformanceInsightsKMSKeyId']
            print(c['HostedZoneId'], c['StorageEncrypted'], c['KmsKeyId'] == KEY, own.startswith('arn:aws:kms:us-east-1:444455556666:key/'), shown(c, *INSIGHTS)[::2], shown(c, *MONITORING)[:2])
            i = instance('shown', 'shown-1')
            print(i['Endpoint']['HostedZoneId'], i['StorageEncrypted'], i['KmsKeyId'] == KEY, shown(i, *INSIGHTS)[::2], i['PerformanceInsightsKMSKeyId'] == own)
            print(shown(i, *MONITORING)[:2], i['EnhancedMonitoringResourceArn'] == 'arn:aws:logs:us-east-1:444455556666:log-group:RDSOSMetrics:log-stream:' + i['DbiResourceId'])
            i = rds.modify_db_instance(DBInstanceIdentifier='shown-1', MonitoringInterval=0, EnablePerformanceInsights=False)['DBInstance']
            print(shown(i, *INSIGHTS), shown(i, *MONITORING))
            i = rds.modify_db_instance(DBInstanceIdentifier='shown-1', MonitoringInterval=5, MonitoringRoleArn=watcher, EnablePerformanceInsights=True, PerformanceInsightsKMSKeyId=KEY, PerformanceInsightsRetentionPeriod=731)['DBInstance']
            print(shown(i, *INSIGHTS), i['MonitoringInterval'])
            print(refused('modify_db_instance', DBInstanceIdentifier='shown-1', PerformanceInsightsKMSKeyId=KEY[:-1] + 'c'))
            i = rds.modify_db_instance(DBInstanceIdentifier='shown-1', MonitoringInterval=1, DatabaseInsightsMode='advanced')['DBInstance']
            print(i['MonitoringInterval'], i['MonitoringRoleArn'] == watcher, i['DatabaseInsightsMode'])
            c = rds.modify_db_cluster(DBClusterIdentifier='shown', PerformanceInsightsRetentionPeriod=465, DatabaseInsightsMode='advanced', MonitoringInterval=0, BacktrackWindow=0)['DBCluster']
            print(shown(c, *INSIGHTS)[2:], shown(c, *MONITORING)[:2])
            rds.create_db_cluster_snapshot(DBClusterIdentifier='shown', DBClusterSnapshotIdentifier='keyed')
            rds.get_waiter('db_cluster_snapshot_available').wait(DBClusterSnapshotIdentifier='keyed', WaiterConfig=FAST)
            print(rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier='keyed')['DBClusterSnapshots'][0]['KmsKeyId'] == KEY)
            other = KEY[:-1] + 'c'
            print(rds.restore_db_cluster_from_snapshot(DBClusterIdentifier='again', SnapshotIdentifier='keyed', Engine='aurora-postgresql', KmsKeyId=other, BacktrackWindow=0)['DBCluster']['KmsKeyId'] == other)
            print(rds.copy_db_cluster_snapshot(SourceDBClusterSnapshotIdentifier='keyed', TargetDBClusterSnapshotIdentifier='rekeyed', KmsKeyId=other)['DBClusterSnapshot']['KmsKeyId'] == other)
            c = cluster('plain')
            print(c['StorageEncrypted'], 'KmsKeyId' in c, shown(c, *INSIGHTS), shown(c, *MONITORING))
            c = cluster('default', StorageEncrypted=True)
            print(c['KmsKeyId'] == own)
            a = rds.create_db_instance(DBInstanceIdentifier='alone', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD,
                StorageEncrypted=True, KmsKeyId=KEY, EnablePerformanceInsights=True, MonitoringInterval=15, MonitoringRoleArn=watcher)['DBInstance']
            print(a['StorageEncrypted'], a['KmsKeyId'] == KEY, shown(a, *INSIGHTS)[::2], a['MonitoringInterval'])
            """
        );

        Assert.Equal(
            [
                "Z2R2ITUGPM61AM True True True [True, 62] [60, 'arn:aws:iam::444455556666:role/watcher']",
                "Z2R2ITUGPM61AM True True [True, 62] True",
                "[60, 'arn:aws:iam::444455556666:role/watcher'] True",
                "[False, None, None, 'standard'] [0, None, None]",
                "[True, 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab', 731, 'standard'] 5",
                "400 InvalidParameterCombination: You cannot change your Performance Insights KMS key.",
                "1 True advanced",
                "[465, 'advanced'] [0, None]",
                "True",
                "True",
                "True",
                "False False [False, None, None, 'standard'] [0, None, None]",
                "True",
                "True True [True, 7] 15",
            ],
            lines
        );
    }

    [Fact]
    public async Task Settings_that_do_not_go_together_are_refused_with_the_texts_of_RDS()
    {
        var lines = await RunAsync(
            """
            def bad(**changed):
                return refused('create_db_cluster', **{**dict(DBClusterIdentifier='bad', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD), **changed})
            stranger = role('stranger', 'lambda.amazonaws.com')
            print(bad(MonitoringInterval=60))
            print(bad(MonitoringInterval=7, MonitoringRoleArn=stranger))
            print(bad(MonitoringInterval=60, MonitoringRoleArn=stranger))
            print(bad(MonitoringInterval=60, MonitoringRoleArn='arn:aws:iam::444455556666:role/nobody'))
            print(bad(MonitoringRoleArn=stranger))
            print(bad(EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=94).split('[')[0])
            print(bad(PerformanceInsightsRetentionPeriod=7).split(':')[0])
            print(bad(EnablePerformanceInsights=True, DatabaseInsightsMode='advanced'))
            print(bad(DatabaseInsightsMode='loud'))
            print(bad(KmsKeyId=KEY).split(':')[0])
            print(bad(StorageEncrypted=True, KmsKeyId='alias/mine'))
            print(bad(StorageEncrypted=True, KmsKeyId=KEY.replace('us-east-1', 'eu-west-1')).split(':')[0])
            print(bad(BacktrackWindow=3600))
            for name in ('ManageMasterUserPassword', 'EnableIAMDatabaseAuthentication', 'EnableHttpEndpoint'):
                print(bad(**{name: True}))
            print(bad(EnableCloudwatchLogsExports=['postgresql']))
            cluster('good')
            print(refused('create_db_instance', DBInstanceIdentifier='good-1', DBClusterIdentifier='good', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large', KmsKeyId=KEY))
            print(refused('modify_db_cluster', DBClusterIdentifier='good', BacktrackWindow=1))
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterCombination: A MonitoringRoleARN value is required if you specify a MonitoringInterval value "
                    + "other than 0.",
                "400 InvalidParameterValue: Invalid monitoring interval: 7. Valid values are: 0, 1, 5, 10, 15, 30, 60",
                "400 InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: "
                    + "ENHANCED_MONITORING",
                "400 InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: "
                    + "ENHANCED_MONITORING",
                "400 InvalidParameterCombination: You must specify a MonitoringInterval value other than 0 when you specify a "
                    + "MonitoringRoleARN value.",
                "400 InvalidParameterValue: Invalid Performance Insights retention period. Valid values are: ",
                "400 InvalidParameterCombination",
                "400 InvalidParameterCombination: To enable the Advanced mode of Database Insights, Performance Insights must be "
                    + "enabled with a retention period of at least 465 days.",
                "400 InvalidParameterValue: Invalid DatabaseInsightsMode: loud. Valid values are: standard, advanced",
                "400 InvalidParameterCombination",
                "400 KMSKeyNotAccessibleFault: The specified KMS key [alias/mine] either does not exist, is not enabled, or you do "
                    + "not have permissions to access it.",
                "400 KMSKeyNotAccessibleFault",
                "400 InvalidParameterValue: Backtrack is not enabled for the aurora-postgresql engine.",
                "501 NotImplemented: Daybreak does not implement the parameter ManageMasterUserPassword of CreateDBCluster.",
                "501 NotImplemented: Daybreak does not implement the parameter EnableIAMDatabaseAuthentication of CreateDBCluster.",
                "501 NotImplemented: Daybreak does not implement the parameter EnableHttpEndpoint of CreateDBCluster.",
                "501 NotImplemented: Daybreak does not implement the parameter EnableCloudwatchLogsExports of CreateDBCluster.",
                "400 InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster. Set KMS key for the "
                    + "DB Cluster.",
                "400 InvalidParameterValue: Backtrack is not enabled for the aurora-postgresql engine.",
            ],
            lines
        );
    }

    [Fact]
    public async Task Who_may_not_pass_the_role_of_monitoring_sets_none()
    {
        var lines = await RunAsync(
            """
            watcher = role('passed', 'monitoring.rds.amazonaws.com')
            iam.create_user(UserName='ann')
            key = iam.create_access_key(UserName='ann')['AccessKey']
            everything = [{'Effect': 'Allow', 'Action': ['rds:*', 'iam:CreateServiceLinkedRole'], 'Resource': '*'}]
            allow = lambda *more: iam.put_user_policy(UserName='ann', PolicyName='p', PolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': everything + list(more)}))
            rds = boto3.client('rds', endpoint_url=os.environ['AWS_ENDPOINT_URL'], aws_access_key_id=key['AccessKeyId'], aws_secret_access_key=key['SecretAccessKey'])
            make = lambda: refused('create_db_cluster', DBClusterIdentifier='hers', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD, MonitoringInterval=60, MonitoringRoleArn=watcher)
            allow()
            print(make())
            allow({'Effect': 'Allow', 'Action': 'iam:PassRole', 'Resource': watcher, 'Condition': {'StringEquals': {'iam:PassedToService': 'monitoring.rds.amazonaws.com'}}})
            print(make())
            """
        );

        Assert.Equal(
            [
                "403 AccessDenied: User: arn:aws:iam::444455556666:user/ann is not authorized to perform: iam:PassRole on resource: arn:aws:iam::444455556666:role/passed "
                    + "because no identity-based policy allows the iam:PassRole action",
                "not refused",
            ],
            lines
        );
    }

    private Task<string[]> RunAsync(string program) => ClusterPrograms.RunAsync(cloud.Endpoint, Beginning + program);
}
