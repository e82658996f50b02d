from cluster_calls import *


def endpoint(cluster, name, **parameters):
    answer = rds.create_db_cluster_endpoint(DBClusterIdentifier=cluster, DBClusterEndpointIdentifier=name, **parameters)
    return ready(name, answer['Endpoint'])


def ready(name, address=None):
    until = time.monotonic() + 30
    while True:
        found = rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier=name)['DBClusterEndpoints']
        if found and found[0]['Status'] == 'available':
            return found[0]['Endpoint']
        assert time.monotonic() < until


def servers(address, times=6):
    'The instances that answer there, by their own addresses.'
    names = {i['Endpoint']['Address']: i['DBInstanceIdentifier'] for i in rds.describe_db_instances()['DBInstances']}
    answers = [psql(address, "SELECT split_part(current_setting('listen_addresses'), ',', 1)") for _ in range(times)]
    return sorted({names.get(answer, answer.split(':')[-1].strip()) for answer in answers})
