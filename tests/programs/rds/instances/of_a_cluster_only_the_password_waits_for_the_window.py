from modification_steps import *

c = cluster('secret', PreferredMaintenanceWindow=LATER)
instance('secret', 'secret-1')


def until(password):
    began = time.monotonic()
    while psql(c['Endpoint'], 'SELECT 1', password=password) != '1':
        assert time.monotonic() < began + 30


m = rds.modify_db_cluster(DBClusterIdentifier='secret', MasterUserPassword='the-second-one', BackupRetentionPeriod=9)['DBCluster']
expect(
    "9 {'MasterUserPassword': '****'} {'MasterUserPassword': '****'}",
    m['BackupRetentionPeriod'],
    m['PendingModifiedValues'],
    describe('secret')['PendingModifiedValues'],
)
expect('1 True', psql(c['Endpoint'], 'SELECT 1'), 'authentication failed' in psql(c['Endpoint'], 'SELECT 1', password='the-second-one'))
m = rds.modify_db_cluster(DBClusterIdentifier='secret', PreferredMaintenanceWindow=NOW)['DBCluster']
expect('False', 'PendingModifiedValues' in m)
until('the-second-one')
rds.modify_db_cluster(
    DBClusterIdentifier='secret', PreferredMaintenanceWindow=LATER, MasterUserPassword='the-third-one', ApplyImmediately=True
)
until('the-third-one')
expect('False', 'PendingModifiedValues' in describe('secret'))
