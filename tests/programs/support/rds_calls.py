from expect import begins, equal, expect
import boto3, botocore, json, os, sys

rds = boto3.client('rds', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
lambda_ = boto3.client('lambda', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
iam = boto3.client('iam', endpoint_url=os.environ['AWS_ENDPOINT_URL'])


def rds_as(key):
    """From here on refused asks as whose access key this is."""
    global rds
    rds = boto3.client(
        'rds',
        endpoint_url=os.environ['AWS_ENDPOINT_URL'],
        aws_access_key_id=key['AccessKeyId'],
        aws_secret_access_key=key['SecretAccessKey'],
    )


def refused(operation, **parameters):
    try:
        getattr(rds, operation)(**parameters)
    except botocore.exceptions.ClientError as error:
        return f"{error.response['ResponseMetadata']['HTTPStatusCode']} {error.response['Error']['Code']}: {error.response['Error']['Message']}"
    return 'not refused'


SUBNETS = [s['SubnetIdentifier'] for s in rds.describe_db_subnet_groups(DBSubnetGroupName='default')['DBSubnetGroups'][0]['Subnets']]
VERSION = rds.describe_db_engine_versions(DefaultOnly=True)['DBEngineVersions'][0]['EngineVersion']
FAMILY = 'aurora-postgresql' + VERSION.split('.')[0]
