from calls import client
from cluster_calls import *
import time

logs = client('logs')


def exports(name):
    return rds.describe_db_clusters(DBClusterIdentifier=name)['DBClusters'][0].get('EnabledCloudwatchLogsExports')


def lines(group):
    found = logs.describe_log_groups(logGroupNamePrefix=group)['logGroups']
    return [e['message'] for p in logs.get_paginator('filter_log_events').paginate(logGroupName=group) for e in p['events']] if found else []


def until(find):
    while not (found := find()):
        time.sleep(0.05)
    return found


group = '/aws/rds/cluster/exported/postgresql'
host = cluster('exported', EnableCloudwatchLogsExports=['postgresql'])['Endpoint']
equal(exports('exported'), ['postgresql'])
instance('exported', 'exported-1')
equal(rds.describe_db_instances(DBInstanceIdentifier='exported-1')['DBInstances'][0]['EnabledCloudwatchLogsExports'], ['postgresql'])
until(lambda: any('database system is ready to accept connections' in line for line in lines(group)))
equal([s['logStreamName'] for s in logs.describe_log_streams(logGroupName=group)['logStreams']], ['exported-1.0'])
say = lambda text: psql(host, f"DO $$ BEGIN RAISE LOG '{text}'; END $$")
say('first')
until(lambda: any('LOG:  first' in line for line in lines(group)))

rds.modify_db_cluster(DBClusterIdentifier='exported', CloudwatchLogsExportConfiguration={'DisableLogTypes': ['postgresql']}, ApplyImmediately=True)
equal(exports('exported'), None)
say('second')
rds.modify_db_cluster(DBClusterIdentifier='exported', CloudwatchLogsExportConfiguration={'EnableLogTypes': ['postgresql']}, ApplyImmediately=True)
equal(exports('exported'), ['postgresql'])
say('third')
until(lambda: any('LOG:  third' in line for line in lines(group)))
assert not any('second' in line for line in lines(group))
data = rds.download_db_log_file_portion(DBInstanceIdentifier='exported-1', LogFileName='error/postgresql.log')['LogFileData']
assert all(f'LOG:  {text}' in data for text in ('first', 'second', 'third'))
