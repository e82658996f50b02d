from rds_calls import *


def custom_dns(family):
    for page in rds.get_paginator('describe_engine_default_parameters').paginate(DBParameterGroupFamily=family):
        for p in page['EngineDefaults']['Parameters']:
            if p['ParameterName'] == 'rds.custom_dns_resolution':
                return [p[member] for member in ('ParameterValue', 'ApplyType', 'DataType', 'AllowedValues', 'IsModifiable')]


postgres = FAMILY.replace('aurora-postgresql', 'postgres')
expect("['0', 'static', 'boolean', '0,1', True] None", custom_dns(postgres), custom_dns(FAMILY))
for (name, family), expected in zip(
    (('lone', postgres), ('aurora', FAMILY)),
    [
        '400 InvalidParameterCombination: cannot use immediate apply method for static parameter / not refused',
        '400 InvalidParameterValue: Could not find parameter with name: rds.custom_dns_resolution / 400 InvalidParameterValue: Could not find parameter with name: rds.custom_dns_resolution',
    ],
    strict=True,
):
    rds.create_db_parameter_group(DBParameterGroupName=name, DBParameterGroupFamily=family, Description='d')
    change = lambda method: refused(
        'modify_db_parameter_group',
        DBParameterGroupName=name,
        Parameters=[{'ParameterName': 'rds.custom_dns_resolution', 'ParameterValue': '1', 'ApplyMethod': method}],
    )
    expect(expected, change('immediate'), '/', change('pending-reboot'))
