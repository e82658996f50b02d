from cluster_calls import *

gate = sys.argv[1]
expect(
    "['starting', 'starting', 'starting'] starting",
    sorted(i['DBInstanceStatus'] for i in rds.describe_db_instances()['DBInstances']),
    describe('kept')['Status'],
)
open(gate + '/open', 'w').close()
waiting = {'alone', 'kept-1', 'kept-2'}
while waiting:
    for i in rds.describe_db_instances()['DBInstances']:
        name, status = i['DBInstanceIdentifier'], i['DBInstanceStatus']
        assert status in ('starting', 'available'), status
        if status == 'available' and name in waiting:
            waiting.remove(name)
            expect('1', psql(i['Endpoint']['Address'], 'SELECT 1'))
while describe('kept')['Status'] != 'available':
    pass
expect(
    'f t',
    psql(describe('kept')['Endpoint'], 'SELECT pg_is_in_recovery()'),
    psql(describe('kept')['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'),
)
