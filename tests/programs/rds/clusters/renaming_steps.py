from cluster_calls import *


def rename_cluster(old, new):
    rds.modify_db_cluster(DBClusterIdentifier=old, NewDBClusterIdentifier=new, ApplyImmediately=True)
    while 'not found' in refused('describe_db_clusters', DBClusterIdentifier=new):
        pass
    rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier=new, WaiterConfig=FAST)
    return describe(new)


def rename_instance(old, new):
    rds.modify_db_instance(DBInstanceIdentifier=old, NewDBInstanceIdentifier=new, ApplyImmediately=True)
    while 'not found' in refused('describe_db_instances', DBInstanceIdentifier=new):
        pass
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=new, WaiterConfig=FAST)
    return rds.describe_db_instances(DBInstanceIdentifier=new)['DBInstances'][0]
