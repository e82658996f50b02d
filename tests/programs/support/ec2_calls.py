from expect import begins, equal, expect
import boto3, botocore, json, os, sys
from botocore.config import Config


def client(service, region='us-east-1'):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=os.environ['AWS_ENDPOINT_URL'],
        config=Config(retries={'max_attempts': 0}, parameter_validation=False),
    )


ec2 = client('ec2')


def ec2_in(region):
    """From here on the functions below ask this Region."""
    global ec2
    ec2 = client('ec2', region)
    return ec2


def refused(operation, of=None, **parameters):
    try:
        getattr(of or ec2, operation)(**parameters)
    except botocore.exceptions.ClientError as error:
        return f"{error.response['ResponseMetadata']['HTTPStatusCode']} {error.response['Error']['Code']}: {error.response['Error']['Message']}"
    return 'not refused'


def vpc(cidr='10.0.0.0/16'):
    return ec2.create_vpc(CidrBlock=cidr)['Vpc']['VpcId']


def subnet(vpc_id, cidr='10.0.1.0/24', zone='us-east-1a'):
    return ec2.create_subnet(VpcId=vpc_id, CidrBlock=cidr, AvailabilityZone=zone)['Subnet']['SubnetId']


def group(vpc_id, name='g'):
    return ec2.create_security_group(GroupName=name, Description='d', VpcId=vpc_id)['GroupId']


def table(vpc_id):
    return ec2.create_route_table(VpcId=vpc_id)['RouteTable']['RouteTableId']


def gateway(vpc_id=None):
    made = ec2.create_internet_gateway()['InternetGateway']['InternetGatewayId']
    if vpc_id:
        ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=vpc_id)
    return made


def of(vpc_id):
    return [{'Name': 'vpc-id', 'Values': [vpc_id]}]


# By name: clients of different age have an answer's members in different orders.
def plain(x):
    if isinstance(x, dict):
        return {k: plain(x[k]) for k in sorted(x) if k != 'ResponseMetadata'}
    return [plain(item) for item in x] if isinstance(x, list) else x
