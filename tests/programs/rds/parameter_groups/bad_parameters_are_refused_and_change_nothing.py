from rds_calls import *

rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='strict', DBParameterGroupFamily=FAMILY, Description='d')


def change(name, value, method='pending-reboot', group='strict'):
    good = {'ParameterName': 'work_mem', 'ParameterValue': '128', 'ApplyMethod': 'immediate'}
    bad = {'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': method}
    return refused('modify_db_cluster_parameter_group', DBClusterParameterGroupName=group, Parameters=[good, bad])


expect(
    '400 InvalidParameterValue: Invalid parameter value: 5 for: work_mem allowed values are: 64-2147483647',
    change('work_mem', '5', 'immediate'),
)
expect(
    '400 InvalidParameterCombination: cannot use immediate apply method for static parameter', change('max_connections', '50', 'immediate')
)
expect('400 InvalidParameterValue: Could not find parameter with name: no_such', change('no_such', '1'))
expect('400 InvalidParameterValue: The parameter listen_addresses cannot be modified.', change('listen_addresses', '*'))
expect(
    '400 InvalidParameterValue: Invalid parameter value: some for: log_statement allowed values are: none,ddl,mod,all',
    change('log_statement', 'some'),
)
expect(begins("400 InvalidParameterValue: Invalid parameter value: a'"), change('search_path', "a'\nb"))
expect(
    '400 InvalidParameterValue: Modifications to default parameter groups are not allowed',
    change('work_mem', '128', group='default.' + FAMILY),
)
expect('404 DBParameterGroupNotFound: DBClusterParameterGroup not found: nobody', change('work_mem', '128', group='nobody'))
expect('[]', rds.describe_db_cluster_parameters(DBClusterParameterGroupName='strict', Source='user')['Parameters'])
expect(
    '400 DBParameterGroupAlreadyExists: Parameter group strict already exists',
    refused('create_db_cluster_parameter_group', DBClusterParameterGroupName='strict', DBParameterGroupFamily=FAMILY, Description='d'),
)
expect(
    '400 InvalidParameterValue: The parameter DBClusterParameterGroupName is not a valid identifier',
    refused('create_db_cluster_parameter_group', DBClusterParameterGroupName='a--b', DBParameterGroupFamily=FAMILY, Description='d').split(
        '.'
    )[0],
)
expect(
    '400 InvalidParameterValue: ParameterGroupFamily aurora-postgresql9 is not a valid parameter group family',
    refused(
        'create_db_cluster_parameter_group', DBClusterParameterGroupName='x', DBParameterGroupFamily='aurora-postgresql9', Description='d'
    ).split('.')[0],
)
