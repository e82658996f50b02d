from cluster_calls import *

cluster('kept')
instance('kept', 'kept-1')
instance('kept', 'kept-2')
rds.create_db_instance(
    DBInstanceIdentifier='alone',
    Engine='postgres',
    DBInstanceClass='db.t4g.micro',
    AllocatedStorage=20,
    MasterUsername='app_admin',
    MasterUserPassword=PASSWORD,
)
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='alone', WaiterConfig=FAST)
