from reset_steps import *

answers = []


def at(number):
    # Each attempt resets at another moment, after a number of further responses.
    for _ in range(number):
        rds.describe_db_instances()
    answers.append(reset())
    assert left() == (0, 0, 0), left()


for number in range(6):
    make('made', member=False)
    at(number)
    make('made')
    at(2 * number)
for number in range(3):
    cluster('busy')
    instance('busy', 'busy-1')
    rds.create_db_cluster_snapshot(DBClusterIdentifier='busy', DBClusterSnapshotIdentifier='taken')
    at(number)
    cluster('busy')
    instance('busy', 'busy-1')
    rds.delete_db_instance(DBInstanceIdentifier='busy-1')
    rds.delete_db_cluster(DBClusterIdentifier='busy', SkipFinalSnapshot=True)
    at(3 * number)
cluster('pair')
for name in ('pair-1', 'pair-2'):
    instance('pair', name)
rds.failover_db_cluster(DBClusterIdentifier='pair')
at(2)
expect('{204} 19', set(answers), len(answers))
cluster('after')
expect('1', psql(instance('after', 'after-1')['Endpoint']['Address'], 'SELECT 1'))
delete('after', 'after-1')
