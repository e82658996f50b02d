namespace Daybreak.Cloud.Tests.Rds.Instances;

/// <summary>When modifications take effect.</summary>
[Trait("Pace", "slow")]
public sealed class ModificationTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Windows = """
        import datetime
        def window(hours):
            at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
            return '-'.join((at + datetime.timedelta(hours=h)).strftime('%a:%H:%M').lower() for h in (0, 2))
        NOW, LATER = window(-1), window(48)

        """;

    [Fact]
    public async Task A_password_changed_while_no_instance_runs_is_that_of_the_next_one_and_one_changed_in_SQL_stays()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            """
            c = cluster('alone')
            def again():
                rds.delete_db_instance(DBInstanceIdentifier='alone-1')
                rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='alone-1', WaiterConfig=FAST)
            instance('alone', 'alone-1')
            again()
            rds.modify_db_cluster(DBClusterIdentifier='alone', MasterUserPassword='another-password', ApplyImmediately=True)
            instance('alone', 'alone-1')
            print(psql(c['Endpoint'], 'SELECT 1', password='another-password'), 'authentication failed' in psql(c['Endpoint'], 'SELECT 1'))
            psql(c['Endpoint'], "ALTER ROLE app_admin PASSWORD 'password-by-sql'", password='another-password')
            again()
            instance('alone', 'alone-1')
            print(psql(c['Endpoint'], 'SELECT 2', password='password-by-sql'))
            delete('alone', 'alone-1')
            """
        );

        Assert.Equal(["1 True", "2"], lines);
    }

    [Fact]
    public async Task An_instance_changes_at_once_or_in_its_window_and_takes_changes_back()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            Windows
                + """
                c = cluster('waits')
                instance('waits', 'waits-1', PreferredMaintenanceWindow=LATER)
                def modify(**parameters):
                    return show(rds.modify_db_instance(DBInstanceIdentifier='waits-1', **parameters)['DBInstance'])
                def show(i):
                    return i['DBInstanceStatus'], i['DBInstanceClass'], i['CACertificateIdentifier'][7:], i['PromotionTier'], i['PendingModifiedValues']
                def settled():
                    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='waits-1', WaiterConfig=FAST)
                    return show(rds.describe_db_instances(DBInstanceIdentifier='waits-1')['DBInstances'][0])
                started = lambda: psql(c['Endpoint'], 'SELECT pg_postmaster_start_time()')
                first = started()
                print(modify(DBInstanceClass='db.r6g.xlarge', CACertificateIdentifier='rds-ca-rsa4096-g1', PromotionTier=3))
                print(modify(CACertificateIdentifier='rds-ca-rsa2048-g1'))
                print(started() == first, settled())
                print(modify(ApplyImmediately=True))
                print(settled(), started() != first)
                second = started()
                print(modify(DBInstanceClass='db.r6g.2xlarge'))
                modify(PreferredMaintenanceWindow=NOW)
                print(settled(), started() != second)
                print(modify(CACertificateIdentifier='rds-ca-ecc384-g1', PreferredMaintenanceWindow=LATER, ApplyImmediately=True)[-1])
                print(settled())
                print(refused('modify_db_instance', DBInstanceIdentifier='waits-1', CACertificateIdentifier='rds-ca-2015'))
                print(refused('modify_db_instance', DBInstanceIdentifier='waits-1', PreferredMaintenanceWindow='sun:05:00-sun:05:29'))
                print([e['Message'] for e in rds.describe_events(SourceType='db-instance', EventCategories=['configuration change'])['Events']])
                """
        );

        Assert.Equal(
            [
                "('available', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge', 'CACertificateIdentifier': "
                    + "'rds-ca-rsa4096-g1'})",
                "('available', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge'})",
                "True ('available', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge'})",
                "('modifying', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge'})",
                "('available', 'db.r6g.xlarge', 'rsa2048-g1', 3, {}) True",
                "('available', 'db.r6g.xlarge', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.2xlarge'})",
                "('available', 'db.r6g.2xlarge', 'rsa2048-g1', 3, {}) True",
                "{'CACertificateIdentifier': 'rds-ca-ecc384-g1'}",
                "('available', 'db.r6g.2xlarge', 'ecc384-g1', 3, {})",
                "404 CertificateNotFound: Certificate rds-ca-2015 not found.",
                "400 InvalidParameterValue: Invalid maintenance window: sun:05:00-sun:05:29. It must be at least 30 minutes and "
                    + "less than 24 hours long.",
                "['Applying modification to database instance class', 'Finished applying modification to DB instance class', "
                    + "'Applying modification to database instance class', 'Finished applying modification to DB instance class']",
            ],
            lines
        );
    }

    [Fact]
    public async Task Of_a_cluster_only_the_password_waits_for_the_window()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            Windows
                + """
                c = cluster('secret', PreferredMaintenanceWindow=LATER)
                instance('secret', 'secret-1')
                def until(password):
                    began = time.monotonic()
                    while psql(c['Endpoint'], 'SELECT 1', password=password) != '1':
                        assert time.monotonic() < began + 30
                m = rds.modify_db_cluster(DBClusterIdentifier='secret', MasterUserPassword='the-second-one', BackupRetentionPeriod=9)['DBCluster']
                print(m['BackupRetentionPeriod'], m['PendingModifiedValues'], describe('secret')['PendingModifiedValues'])
                print(psql(c['Endpoint'], 'SELECT 1'), 'authentication failed' in psql(c['Endpoint'], 'SELECT 1', password='the-second-one'))
                m = rds.modify_db_cluster(DBClusterIdentifier='secret', PreferredMaintenanceWindow=NOW)['DBCluster']
                print('PendingModifiedValues' in m)
                until('the-second-one')
                rds.modify_db_cluster(DBClusterIdentifier='secret', PreferredMaintenanceWindow=LATER, MasterUserPassword='the-third-one', ApplyImmediately=True)
                until('the-third-one')
                print('PendingModifiedValues' in describe('secret'))
                """
        );

        Assert.Equal(["9 {'MasterUserPassword': '****'} {'MasterUserPassword': '****'}", "1 True", "False", "False"], lines);
    }
}
