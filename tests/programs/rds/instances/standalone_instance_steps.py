from cluster_calls import *


def standalone(name, **parameters):
    good = dict(
        Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD
    )
    good.update(parameters)
    return rds.create_db_instance(DBInstanceIdentifier=name, **{k: v for k, v in good.items() if v is not None})['DBInstance']


def read(name):
    return rds.describe_db_instances(DBInstanceIdentifier=name)['DBInstances'][0]


def settled(name):
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
    return read(name)


def storage(i):
    return [i.get(k) for k in ('StorageType', 'AllocatedStorage', 'Iops', 'StorageThroughput', 'MaxAllocatedStorage')]
