from cluster_calls import *

import signal

c = cluster('keeps')
i = instance('keeps', 'keeps-1')
psql(c['Endpoint'], 'CREATE TABLE kept AS SELECT 42 AS answer')
rds.delete_db_instance(DBInstanceIdentifier='keeps-1')
rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='keeps-1', WaiterConfig=FAST)
instance('keeps', 'keeps-2')
expect('42', psql(c['Endpoint'], 'SELECT answer FROM kept'))
address = rds.describe_db_instances(DBInstanceIdentifier='keeps-2')['DBInstances'][0]['Endpoint']['Address']


def postmasters():
    for process in filter(str.isdigit, os.listdir('/proc')):
        try:
            command = open(f'/proc/{process}/cmdline').read().split('\0')
            if len(command) > 2 and command[1] == '-D' and address in open(command[2] + '/../postgresql.conf').read():
                yield int(process)
        except OSError:
            pass  # it has just ended


[killed] = postmasters()
os.kill(killed, signal.SIGKILL)
began = time.monotonic()
while psql(c['Endpoint'], 'SELECT answer + 1 FROM kept') != '43' or killed in postmasters():
    assert time.monotonic() < began + 60
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='keeps-2', WaiterConfig=FAST)
while not any('complete' in e['Message'] for e in rds.describe_events(SourceType='db-instance', EventCategories=['recovery'])['Events']):
    assert time.monotonic() < began + 60
delete('keeps', 'keeps-2')
