from rds_calls import *


def work_mem(group):
    for page in rds.get_paginator('describe_db_parameters').paginate(DBParameterGroupName=group):
        for p in page['Parameters']:
            if p['ParameterName'] == 'work_mem':
                return p['ParameterValue'], p['Source'], p['ApplyType'], p['AllowedValues'], p['IsModifiable']


rds.create_db_parameter_group(DBParameterGroupName='Small', DBParameterGroupFamily=FAMILY, Description='little memory')
expect("('4096', 'engine-default', 'dynamic', '64-2147483647', True)", work_mem('small'))
rds.modify_db_parameter_group(
    DBParameterGroupName='small',
    Parameters=[
        {'ParameterName': 'work_mem', 'ParameterValue': '128', 'ApplyMethod': 'immediate'},
        {'ParameterName': 'max_connections', 'ParameterValue': '50', 'ApplyMethod': 'pending-reboot'},
    ],
)
expect("('128', 'user', 'dynamic', '64-2147483647', True)", work_mem('small'))
rds.copy_db_parameter_group(
    SourceDBParameterGroupIdentifier='small', TargetDBParameterGroupIdentifier='copy', TargetDBParameterGroupDescription='c'
)
expect(
    "['max_connections', 'work_mem']",
    [p['ParameterName'] for p in rds.describe_db_parameters(DBParameterGroupName='copy', Source='user')['Parameters']],
)
rds.reset_db_parameter_group(DBParameterGroupName='small', ResetAllParameters=True)
expect("('4096', 'engine-default', 'dynamic', '64-2147483647', True) 128", work_mem('small'), work_mem('copy')[0])
rds.delete_db_parameter_group(DBParameterGroupName='small')
expect('404 DBParameterGroupNotFound: DBParameterGroup not found: small', refused('describe_db_parameters', DBParameterGroupName='small'))
