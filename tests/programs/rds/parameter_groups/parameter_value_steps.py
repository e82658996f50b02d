from cluster_calls import *

rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='texts', DBParameterGroupFamily=FAMILY, Description='d')
c = cluster('texts', DBClusterParameterGroupName='texts')
instance('texts', 'texts-1')
host = c['Endpoint']


def give(method='immediate', **values):
    return refused(
        'modify_db_cluster_parameter_group',
        DBClusterParameterGroupName='texts',
        Parameters=[{'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': method} for name, value in values.items()],
    )


def shown(*names):
    return {name: json.loads(psql(host, f"SELECT to_json(current_setting('{name}'))")) for name in names}


def settled(**values):
    began = time.monotonic()
    while (now := shown(*values)) != values:
        assert time.monotonic() < began + 30, (now, values)
    return now


def reboot():
    rds.reboot_db_instance(DBInstanceIdentifier='texts-1')
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='texts-1', WaiterConfig=FAST)
