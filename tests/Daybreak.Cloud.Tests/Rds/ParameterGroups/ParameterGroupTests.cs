namespace Daybreak.Cloud.Tests.Rds.ParameterGroups;

[Trait("Pace", "slow")]
public sealed class ParameterGroupTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Values_of_a_group_are_those_of_the_real_server_until_changed_and_after_a_reset()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            def work_mem(group):
                for page in rds.get_paginator('describe_db_parameters').paginate(DBParameterGroupName=group):
                    for p in page['Parameters']:
                        if p['ParameterName'] == 'work_mem':
                            return p['ParameterValue'], p['Source'], p['ApplyType'], p['AllowedValues'], p['IsModifiable']
            rds.create_db_parameter_group(DBParameterGroupName='Small', DBParameterGroupFamily=FAMILY, Description='little memory')
            print(work_mem('small'))
            rds.modify_db_parameter_group(DBParameterGroupName='small', Parameters=[
                {'ParameterName': 'work_mem', 'ParameterValue': '128', 'ApplyMethod': 'immediate'},
                {'ParameterName': 'max_connections', 'ParameterValue': '50', 'ApplyMethod': 'pending-reboot'}])
            print(work_mem('small'))
            rds.copy_db_parameter_group(SourceDBParameterGroupIdentifier='small', TargetDBParameterGroupIdentifier='copy', TargetDBParameterGroupDescription='c')
            print([p['ParameterName'] for p in rds.describe_db_parameters(DBParameterGroupName='copy', Source='user')['Parameters']])
            rds.reset_db_parameter_group(DBParameterGroupName='small', ResetAllParameters=True)
            print(work_mem('small'), work_mem('copy')[0])
            rds.delete_db_parameter_group(DBParameterGroupName='small')
            print(refused('describe_db_parameters', DBParameterGroupName='small'))
            """
        );

        Assert.Equal(
            [
                "('4096', 'engine-default', 'dynamic', '64-2147483647', True)",
                "('128', 'user', 'dynamic', '64-2147483647', True)",
                "['max_connections', 'work_mem']",
                "('4096', 'engine-default', 'dynamic', '64-2147483647', True) 128",
                "404 DBParameterGroupNotFound: DBParameterGroup not found: small",
            ],
            lines
        );
    }

    [Fact]
    public async Task Custom_DNS_resolution_is_a_parameter_of_RDS_for_PostgreSQL_only()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            def custom_dns(family):
                for page in rds.get_paginator('describe_engine_default_parameters').paginate(DBParameterGroupFamily=family):
                    for p in page['EngineDefaults']['Parameters']:
                        if p['ParameterName'] == 'rds.custom_dns_resolution':
                            return [p[member] for member in ('ParameterValue', 'ApplyType', 'DataType', 'AllowedValues', 'IsModifiable')]
            postgres = FAMILY.replace('aurora-postgresql', 'postgres')
            print(custom_dns(postgres), custom_dns(FAMILY))
            for name, family in (('lone', postgres), ('aurora', FAMILY)):
                rds.create_db_parameter_group(DBParameterGroupName=name, DBParameterGroupFamily=family, Description='d')
                change = lambda method: refused('modify_db_parameter_group', DBParameterGroupName=name, Parameters=[{'ParameterName': 'rds.custom_dns_resolution', 'ParameterValue': '1', 'ApplyMethod': method}])
                print(change('immediate'), '/', change('pending-reboot'))
            """
        );

        Assert.Equal(
            [
                "['0', 'static', 'boolean', '0,1', True] None",
                "400 InvalidParameterCombination: cannot use immediate apply method for static parameter / not refused",
                "400 InvalidParameterValue: Could not find parameter with name: rds.custom_dns_resolution / 400 "
                    + "InvalidParameterValue: Could not find parameter with name: rds.custom_dns_resolution",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_parameters_are_refused_and_change_nothing()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='strict', DBParameterGroupFamily=FAMILY, Description='d')
            def change(name, value, method='pending-reboot', group='strict'):
                good = {'ParameterName': 'work_mem', 'ParameterValue': '128', 'ApplyMethod': 'immediate'}
                bad = {'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': method}
                return refused('modify_db_cluster_parameter_group', DBClusterParameterGroupName=group, Parameters=[good, bad])
            print(change('work_mem', '5', 'immediate'))
            print(change('max_connections', '50', 'immediate'))
            print(change('no_such', '1'))
            print(change('listen_addresses', '*'))
            print(change('log_statement', 'some'))
            print(change('search_path', "a'\nb"))
            print(change('work_mem', '128', group='default.' + FAMILY))
            print(change('work_mem', '128', group='nobody'))
            print(rds.describe_db_cluster_parameters(DBClusterParameterGroupName='strict', Source='user')['Parameters'])
            print(refused('create_db_cluster_parameter_group', DBClusterParameterGroupName='strict', DBParameterGroupFamily=FAMILY, Description='d'))
            print(refused('create_db_cluster_parameter_group', DBClusterParameterGroupName='a--b', DBParameterGroupFamily=FAMILY, Description='d').split('.')[0])
            print(refused('create_db_cluster_parameter_group', DBClusterParameterGroupName='x', DBParameterGroupFamily='aurora-postgresql9', Description='d').split('.')[0])
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterValue: Invalid parameter value: 5 for: work_mem allowed values are: 64-2147483647",
                "400 InvalidParameterCombination: cannot use immediate apply method for static parameter",
                "400 InvalidParameterValue: Could not find parameter with name: no_such",
                "400 InvalidParameterValue: The parameter listen_addresses cannot be modified.",
                "400 InvalidParameterValue: Invalid parameter value: some for: log_statement allowed values are: none,ddl,mod,all",
            ],
            lines[..5]
        );
        Assert.StartsWith("400 InvalidParameterValue: Invalid parameter value: a'", lines[5], StringComparison.Ordinal);
        Assert.Equal(
            [
                "400 InvalidParameterValue: Modifications to default parameter groups are not allowed",
                "404 DBParameterGroupNotFound: DBClusterParameterGroup not found: nobody",
                "[]",
                "400 DBParameterGroupAlreadyExists: Parameter group strict already exists",
                "400 InvalidParameterValue: The parameter DBClusterParameterGroupName is not a valid identifier",
                "400 InvalidParameterValue: ParameterGroupFamily aurora-postgresql9 is not a valid parameter group family",
            ],
            lines[^6..]
        );
    }

    [Fact]
    public async Task Each_kind_has_its_own_groups_and_a_default_group_for_each_family()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            rds.create_db_parameter_group(DBParameterGroupName='same', DBParameterGroupFamily=FAMILY, Description='instances')
            rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='same', DBParameterGroupFamily=FAMILY, Description='clusters')
            print(rds.describe_db_parameter_groups(DBParameterGroupName='same')['DBParameterGroups'][0]['Description'])
            print(rds.describe_db_cluster_parameter_groups(DBClusterParameterGroupName='same')['DBClusterParameterGroups'][0]['Description'])
            print(rds.describe_db_cluster_parameter_groups(DBClusterParameterGroupName='default.' + FAMILY)['DBClusterParameterGroups'][0]['DBParameterGroupFamily'] == FAMILY)
            print(refused('delete_db_parameter_group', DBParameterGroupName='default.' + FAMILY)[:25])
            print([p['ParameterName'] for page in rds.get_paginator('describe_engine_default_cluster_parameters').paginate(DBParameterGroupFamily=FAMILY)
                for p in page['EngineDefaults']['Parameters'] if p['ParameterName'].startswith('rds.')])
            """
        );

        Assert.Equal(
            [
                "instances",
                "clusters",
                "True",
                "400 InvalidParameterValue",
                "['rds.extensions', 'rds.force_ssl', 'rds.logical_replication']",
            ],
            lines
        );
    }
}
