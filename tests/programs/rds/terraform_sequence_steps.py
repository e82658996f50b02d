from cluster_calls import *

drift = []


def compare(resource, asked, described):
    for name, value in asked.items():
        shown = described.get(name)
        if isinstance(value, set):
            shown = set(shown or [])
        if shown != value:
            drift.append(f'{resource}.{name}: asked {value!r}, described {shown!r}')


def wait(find, done):
    until = time.monotonic() + 60
    while not done(find()):
        assert time.monotonic() < until, find()
        time.sleep(0.05)


def tags_of(arn):
    return {t['Key']: t['Value'] for t in rds.list_tags_for_resource(ResourceName=arn)['TagList']}


def retag(arn, before, after):
    if gone := [k for k in before if k not in after]:
        rds.remove_tags_from_resource(ResourceName=arn, TagKeys=gone)
    if new := {k: v for k, v in after.items() if before.get(k) != v}:
        rds.add_tags_to_resource(ResourceName=arn, Tags=[{'Key': k, 'Value': v} for k, v in new.items()])
    equal(tags_of(arn), after)


def pairs(tags):
    return [{'Key': k, 'Value': v} for k, v in tags.items()]


def the_one(found):
    equal(len(found), 1)
    return found[0]


# aws_db_subnet_group
def read_subnet_group(name, asked):
    g = the_one(rds.describe_db_subnet_groups(DBSubnetGroupName=name)['DBSubnetGroups'])
    compare(
        'aws_db_subnet_group',
        asked,
        {**g, 'SubnetIds': [s['SubnetIdentifier'] for s in g['Subnets']], 'Tags': tags_of(g['DBSubnetGroupArn'])},
    )
    return g['DBSubnetGroupArn']


# aws_rds_cluster_parameter_group, aws_db_parameter_group
def read_group(kind, name, asked):
    operation, member, parameters = {
        'cluster': ('describe_db_cluster_parameter_groups', 'DBClusterParameterGroup', 'describe_db_cluster_parameters'),
        'instance': ('describe_db_parameter_groups', 'DBParameterGroup', 'describe_db_parameters'),
    }[kind]
    g = the_one(getattr(rds, operation)(**{member + 'Name': name})[member + 's'])
    user = [
        (p['ParameterName'], p['ParameterValue'], p['ApplyMethod'])
        for page in rds.get_paginator(parameters).paginate(**{member + 'Name': name, 'Source': 'user'})
        for p in page['Parameters']
    ]
    compare(f'{kind} parameter group', asked, {**g, 'Parameters': user, 'Tags': tags_of(g[member + 'Arn'])})
    return g[member + 'Arn']


# aws_rds_cluster
def read_cluster(name, asked):
    c = the_one(rds.describe_db_clusters(DBClusterIdentifier=name)['DBClusters'])
    equal(rds.describe_global_clusters(Filters=[{'Name': 'db-cluster-id', 'Values': [c['DBClusterArn']]}])['GlobalClusters'], [])
    compare(
        'aws_rds_cluster',
        asked,
        {
            **c,
            'DBClusterParameterGroupName': c['DBClusterParameterGroup'],
            'DBSubnetGroupName': c['DBSubnetGroup'],
            'VpcSecurityGroupIds': [g['VpcSecurityGroupId'] for g in c['VpcSecurityGroups']],
            'EnableHttpEndpoint': c['HttpEndpointEnabled'],
            'EnableIAMDatabaseAuthentication': c['IAMDatabaseAuthenticationEnabled'],
            'AvailabilityZones': c['AvailabilityZones'],
            'Tags': {t['Key']: t['Value'] for t in c['TagList']},
        },
    )
    return c


# aws_rds_cluster_instance
def read_instance(name, asked):
    i = the_one(rds.describe_db_instances(DBInstanceIdentifier=name)['DBInstances'])
    the_one(rds.describe_db_clusters(DBClusterIdentifier=i['DBClusterIdentifier'])['DBClusters'])
    compare(
        'aws_rds_cluster_instance',
        asked,
        {
            **i,
            'DBParameterGroupName': i['DBParameterGroups'][0]['DBParameterGroupName'],
            'DBSubnetGroupName': i['DBSubnetGroup']['DBSubnetGroupName'],
            'Tags': {t['Key']: t['Value'] for t in i['TagList']},
        },
    )
    return i


# aws_rds_cluster_endpoint
def read_endpoint(name, asked):
    e = the_one(rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier=name)['DBClusterEndpoints'])
    compare('aws_rds_cluster_endpoint', asked, {**e, 'EndpointType': e['CustomEndpointType'], 'Tags': tags_of(e['DBClusterEndpointArn'])})
    return e


# aws_db_cluster_snapshot
def read_snapshot(name, asked):
    s = the_one(rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=name)['DBClusterSnapshots'])
    [restore] = rds.describe_db_cluster_snapshot_attributes(DBClusterSnapshotIdentifier=name)['DBClusterSnapshotAttributesResult'][
        'DBClusterSnapshotAttributes'
    ]
    equal(restore, {'AttributeName': 'restore', 'AttributeValues': []})
    compare('aws_db_cluster_snapshot', asked, {**s, 'Tags': {t['Key']: t['Value'] for t in s['TagList']}})
    return s


status = lambda name: describe(name)['Status']
instance_status = lambda name: the_one(rds.describe_db_instances(DBInstanceIdentifier=name)['DBInstances'])['DBInstanceStatus']
tags = {'Name': 'tf', 'env': 'test'}
