namespace Daybreak.Cloud.Tests.Rds.Engines;

[Trait("Pace", "slow")]
public sealed class EngineTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task What_is_installed_is_offered_with_its_instance_classes()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            versions = rds.describe_db_engine_versions(Engine='aurora-postgresql', EngineVersion=VERSION)['DBEngineVersions']
            print(len(versions), versions[0]['DBParameterGroupFamily'] == FAMILY, 'Lambda' in versions[0]['SupportedFeatureNames'])
            print(rds.describe_db_engine_versions(Engine='mysql')['DBEngineVersions'])
            options = [o for page in rds.get_paginator('describe_orderable_db_instance_options').paginate(Engine='aurora-postgresql', EngineVersion=VERSION)
                for o in page['OrderableDBInstanceOptions']]
            names = [o['DBInstanceClass'] for o in options]
            print('db.serverless' in names, 'db.r6g.large' in names, len(set(names)) == len(names), [z['Name'] for z in options[0]['AvailabilityZones']])
            print(refused('create_db_proxy', DBProxyName='p', EngineFamily='POSTGRESQL', Auth=[], RoleArn='r' * 20, VpcSubnetIds=SUBNETS))
            print(rds.describe_events()['Events'])
            """
        );

        Assert.Equal(
            [
                "1 True True",
                "[]",
                "True True True ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d', 'us-east-1e', 'us-east-1f']",
                "501 NotImplemented: Daybreak does not implement the operation CreateDBProxy of rds.",
                "[]",
            ],
            lines
        );
    }
}
