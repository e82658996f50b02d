from cluster_calls import *

rds.reboot_db_instance(DBInstanceIdentifier='loud-1')
began = time.monotonic()
while (
    time.monotonic() < began + 30
    and rds.describe_db_instances(DBInstanceIdentifier='loud-1')['DBInstances'][0]['DBInstanceStatus'] != 'failed'
):
    pass
