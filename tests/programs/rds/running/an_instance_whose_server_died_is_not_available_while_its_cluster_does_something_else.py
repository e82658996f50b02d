from cluster_calls import *

import signal

cluster('busy')
for name in ('busy-1', 'busy-2'):
    instance('busy', name)
status = lambda name: rds.describe_db_instances(DBInstanceIdentifier=name)['DBInstances'][0]['DBInstanceStatus']
address = rds.describe_db_instances(DBInstanceIdentifier='busy-2')['DBInstances'][0]['Endpoint']['Address']
for process in filter(str.isdigit, os.listdir('/proc')):
    try:
        command = open(f'/proc/{process}/cmdline').read().split('\0')
        if len(command) > 2 and command[1] == '-D' and address in open(command[2] + '/../postgresql.conf').read().split('port =')[0]:
            postmaster = int(process)
    except OSError:
        pass  # it has just ended
# Copying the writer's data for these takes a while; the dead server's restart waits in the queue.
for name in ('busy-3', 'busy-4', 'busy-5'):
    rds.create_db_instance(
        DBInstanceIdentifier=name, DBClusterIdentifier='busy', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large'
    )
os.kill(postmaster, signal.SIGKILL)
while psql(address, 'SELECT 1') == '1':
    pass
expect('rebooting creating', status('busy-2'), status('busy-5'))
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='busy-2', WaiterConfig=FAST)
expect('1', psql(address, 'SELECT 1'))
