from renaming_steps import *

cluster('old')
instance('old', 'old-1')
rds.modify_db_instance(DBInstanceIdentifier='old-1', NewDBInstanceIdentifier='new-1', ApplyImmediately=True)
rds.modify_db_cluster(DBClusterIdentifier='old', NewDBClusterIdentifier='new', ApplyImmediately=True)
