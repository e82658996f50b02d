from cluster_calls import *

import threading, urllib.request


def reset():
    try:
        return urllib.request.urlopen(urllib.request.Request(os.environ['AWS_ENDPOINT_URL'] + '/_daybreak/reset', method='POST')).status
    except urllib.error.HTTPError as error:
        return error.code


def make(name, member=True):
    rds.create_db_cluster(DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD)
    if member:
        rds.create_db_instance(
            DBInstanceIdentifier=name + '-1', DBClusterIdentifier=name, Engine='aurora-postgresql', DBInstanceClass='db.r6g.large'
        )


def left():
    return (
        len(rds.describe_db_clusters()['DBClusters']),
        len(rds.describe_db_instances()['DBInstances']),
        len(rds.describe_db_cluster_snapshots()['DBClusterSnapshots']),
    )
