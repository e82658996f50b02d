from cluster_calls import *

import urllib.request

c = cluster('old', EngineVersion='11.9')
expect('11.9 default.aurora-postgresql11', c['EngineVersion'], c['DBClusterParameterGroup'])
i = instance('old', 'old-1', EngineVersion='11.9')
expect('11.9 True', i['EngineVersion'], psql(c['Endpoint'], 'SHOW server_version_num')[:2] == VERSION.split('.')[0])
notes = [
    e['Message']
    for source in ('cluster', 'instance')
    for e in rds.describe_events(SourceType='db-' + source, EventCategories=['notification'])['Events']
]
expect(
    "['PostgreSQL N runs in place of the engine version 11.9, which this machine does not have.', 'PostgreSQL N runs in place of the engine version 11.9, which this machine does not have.']",
    [note.replace('PostgreSQL ' + VERSION.split('.')[0], 'PostgreSQL N') for note in notes],
)
expect(
    'ANY: the nearest installed major runs; old shows 11.9',
    json.load(urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/_daybreak/status'))['engineVersions'].split(' and runs')[0],
)
rds.create_db_parameter_group(DBParameterGroupName='new', DBParameterGroupFamily='postgres18', Description='d')
expect(
    'not refused',
    refused(
        'modify_db_parameter_group',
        DBParameterGroupName='new',
        Parameters=[{'ParameterName': 'work_mem', 'ParameterValue': '128', 'ApplyMethod': 'immediate'}],
    ),
)
expect(
    "['12.10']", [v['EngineVersion'] for v in rds.describe_db_engine_versions(Engine='postgres', EngineVersion='12.10')['DBEngineVersions']]
)
expect('True', rds.describe_db_engine_versions(Engine='postgres', DefaultOnly=True)['DBEngineVersions'][0]['EngineVersion'] == VERSION)
delete('old', 'old-1')
