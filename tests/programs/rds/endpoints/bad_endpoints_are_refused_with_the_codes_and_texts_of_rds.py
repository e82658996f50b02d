from endpoint_steps import *

cluster('plain')


def bad(**changed):
    good = dict(DBClusterIdentifier='plain', DBClusterEndpointIdentifier='e', EndpointType='ANY')
    good.update(changed)
    return refused('create_db_cluster_endpoint', **good)


expect('404 DBClusterNotFoundFault: DBCluster nobody not found.', bad(DBClusterIdentifier='nobody'))
expect(
    '400 InvalidParameterValue: The parameter DBClusterEndpointIdentifier is not a valid identifier',
    bad(DBClusterEndpointIdentifier='9').split('.')[0],
)
expect('400 InvalidParameterValue: Invalid endpoint type: SOME. Valid values: READER, ANY', bad(EndpointType='SOME'))
expect('501 NotImplemented: Daybreak does not implement the EndpointType WRITER of custom endpoints.', bad(EndpointType='WRITER'))
expect(
    '400 InvalidParameterCombination: StaticMembers and ExcludedMembers can not be specified together.',
    bad(StaticMembers=['a'], ExcludedMembers=['b']),
)
expect('404 DBInstanceNotFound: DBInstance nobody not found.', bad(StaticMembers=['nobody']))
for name in 'abcde':
    endpoint('plain', name, EndpointType='ANY')
expect('403 DBClusterEndpointQuotaExceededFault: The cluster already has the maximum number of custom endpoints.', bad())
cluster('other')
expect(
    '400 DBClusterEndpointAlreadyExistsFault: DB Cluster Endpoint already exists',
    bad(DBClusterIdentifier='other', DBClusterEndpointIdentifier='A'),
)
expect(
    '400 DBClusterEndpointNotFoundFault: DBClusterEndpoint nobody not found.',
    refused('modify_db_cluster_endpoint', DBClusterEndpointIdentifier='nobody'),
)
expect(
    '400 DBClusterEndpointNotFoundFault: DBClusterEndpoint nobody not found.',
    refused('delete_db_cluster_endpoint', DBClusterEndpointIdentifier='nobody'),
)
expect(
    '[] 404 DBClusterNotFoundFault: DBCluster nobody not found.',
    rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='nobody')['DBClusterEndpoints'],
    refused('describe_db_cluster_endpoints', DBClusterIdentifier='nobody'),
)
expect(
    '[7]',
    [len(page['DBClusterEndpoints']) for page in rds.get_paginator('describe_db_cluster_endpoints').paginate(DBClusterIdentifier='plain')],
)
delete('plain')
delete('other')
