from cluster_calls import *

c = cluster('alone')


def again():
    rds.delete_db_instance(DBInstanceIdentifier='alone-1')
    rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='alone-1', WaiterConfig=FAST)


instance('alone', 'alone-1')
again()
rds.modify_db_cluster(DBClusterIdentifier='alone', MasterUserPassword='another-password', ApplyImmediately=True)
instance('alone', 'alone-1')
expect('1 True', psql(c['Endpoint'], 'SELECT 1', password='another-password'), 'authentication failed' in psql(c['Endpoint'], 'SELECT 1'))
psql(c['Endpoint'], "ALTER ROLE app_admin PASSWORD 'password-by-sql'", password='another-password')
again()
instance('alone', 'alone-1')
expect('2', psql(c['Endpoint'], 'SELECT 2', password='password-by-sql'))
delete('alone', 'alone-1')
