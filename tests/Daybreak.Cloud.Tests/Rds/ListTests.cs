using System.Collections.Immutable;
using Daybreak.Cloud.Rds.ParameterGroups;

namespace Daybreak.Cloud.Tests.Rds;

/// <summary>How many records a list takes, and what it is asked for.</summary>
[Trait("Pace", "slow")]
public sealed class ListTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Each_list_takes_as_many_records_as_the_reference_says()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            options = rds.describe_orderable_db_instance_options(Engine='postgres', MaxRecords=1000)
            print(len(options['OrderableDBInstanceOptions']), len(rds.describe_orderable_db_instance_options(Engine='postgres')['OrderableDBInstanceOptions']))
            print(refused('describe_orderable_db_instance_options', Engine='postgres', MaxRecords=1001))
            print(refused('describe_orderable_db_instance_options', Engine='postgres', MaxRecords=19))
            rds.create_db_parameter_group(DBParameterGroupName='g', DBParameterGroupFamily=FAMILY, Description='d')
            rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='g', DBParameterGroupFamily=FAMILY, Description='d')
            answers = {}
            for operation, more in [('db_clusters', {}), ('db_cluster_endpoints', {}), ('db_cluster_parameter_groups', {}), ('db_cluster_parameters', dict(DBClusterParameterGroupName='g')),
                    ('db_cluster_snapshots', {}), ('db_engine_versions', {}), ('db_instances', {}), ('db_parameter_groups', {}), ('db_parameters', dict(DBParameterGroupName='g')),
                    ('db_subnet_groups', {}), ('engine_default_cluster_parameters', dict(DBParameterGroupFamily=FAMILY)), ('engine_default_parameters', dict(DBParameterGroupFamily=FAMILY)),
                    ('events', {}), ('global_clusters', {}), ('pending_maintenance_actions', {})]:
                for records in (19, 20, 100, 101):
                    answers.setdefault((records, refused('describe_' + operation, MaxRecords=records, **more)), []).append(operation)
            for (records, answer), operations in sorted(answers.items()):
                print(records, answer, len(operations))
            """
        );

        Assert.Equal(
            [
                "1000 100",
                "400 InvalidParameterValue: Invalid value 1001 for MaxRecords. Must be between 20 and 1000",
                "400 InvalidParameterValue: Invalid value 19 for MaxRecords. Must be between 20 and 1000",
                "19 400 InvalidParameterValue: Invalid value 19 for MaxRecords. Must be between 20 and 100 15",
                "20 not refused 15",
                "100 not refused 15",
                "101 400 InvalidParameterValue: Invalid value 101 for MaxRecords. Must be between 20 and 100 15",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_major_alone_is_the_version_that_a_cluster_or_instance_has()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            """
            MAJOR = VERSION.split('.')[0]
            print(cluster('major', EngineVersion=MAJOR)['EngineVersion'] == VERSION)
            print(instance('major', 'major-1', EngineVersion=MAJOR)['EngineVersion'] == VERSION)
            print(instance('major', 'major-2', EngineVersion=VERSION)['EngineVersion'] == VERSION)
            member = lambda version: refused('create_db_instance', DBInstanceIdentifier='major-3', DBClusterIdentifier='major', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large', EngineVersion=version)
            print(member('1').replace(VERSION, 'VERSION'))
            print(refused('modify_db_cluster', DBClusterIdentifier='major', EngineVersion=MAJOR), refused('modify_db_cluster', DBClusterIdentifier='major', EngineVersion=VERSION))
            print(refused('modify_db_cluster', DBClusterIdentifier='major', EngineVersion='1').split(':')[0])
            a = rds.create_db_instance(DBInstanceIdentifier='alone', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD, EngineVersion=MAJOR)
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='alone', WaiterConfig=FAST)
            print(a['DBInstance']['EngineVersion'] == VERSION, refused('modify_db_instance', DBInstanceIdentifier='alone', EngineVersion=MAJOR), refused('modify_db_instance', DBInstanceIdentifier='alone', EngineVersion=VERSION))
            """
        );

        Assert.Equal(
            [
                "True",
                "True",
                "True",
                "400 InvalidParameterCombination: The engine version that you requested for your DB instance (1) does not match the "
                    + "engine version of your DB cluster (VERSION).",
                "not refused not refused",
                "501 NotImplemented",
                "True not refused not refused",
            ],
            lines
        );
    }

    [Fact]
    public async Task Parameters_are_found_in_any_case_and_shown_in_lower_case()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            """
            rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='zone', DBParameterGroupFamily=FAMILY, Description='d')
            set_ = lambda name, value: rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName='zone', Parameters=[{'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': 'immediate'}])
            shown = lambda: {p['ParameterName']: p['ParameterValue'] for p in rds.describe_db_cluster_parameters(DBClusterParameterGroupName='zone', Source='user')['Parameters']}
            set_('timezone', 'Europe/Zurich')
            set_('DateStyle', 'German')
            print(shown())
            c = cluster('zoned', DBClusterParameterGroupName='zone')
            instance('zoned', 'zoned-1')
            print(psql(c['Endpoint'], 'SHOW timezone'), psql(c['Endpoint'], 'SHOW datestyle'))
            set_('TimeZone', 'Asia/Tokyo')
            rds.reset_db_cluster_parameter_group(DBClusterParameterGroupName='zone', Parameters=[{'ParameterName': 'DATESTYLE', 'ApplyMethod': 'immediate'}])
            print(shown())
            names = [p['ParameterName'] for page in rds.get_paginator('describe_engine_default_parameters').paginate(DBParameterGroupFamily=FAMILY) for p in page['EngineDefaults']['Parameters']]
            print([n for n in names if n != n.lower()], 'intervalstyle' in names)
            """
        );

        Assert.Equal(
            ["{'datestyle': 'German', 'timezone': 'Europe/Zurich'}", "Europe/Zurich German, DMY", "{'timezone': 'Asia/Tokyo'}", "[] True"],
            lines
        );
    }

    [Fact]
    public void Parameters_that_an_earlier_build_kept_as_they_were_written_are_found()
    {
        var group = new ParameterGroup
        {
            Name = "g",
            Family = "aurora-postgresql15",
            Description = "d",
            Values = ImmutableSortedDictionary<string, ParameterValue>
                .Empty.Add("TimeZone", new("Asia/Tokyo", "immediate"))
                .Add("work_mem", new("64", "immediate")),
        };

        Assert.Equal(["timezone", "work_mem"], group.Values.Keys);
    }
}
