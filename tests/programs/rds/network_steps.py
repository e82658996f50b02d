from cluster_calls import *

ec2 = boto3.client('ec2', endpoint_url=os.environ['AWS_ENDPOINT_URL'])


def refused_by_ec2(operation, **parameters):
    try:
        getattr(ec2, operation)(**parameters)
    except botocore.exceptions.ClientError as error:
        return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
    return 'not refused'


def vpc(cidr, names=True):
    v = ec2.create_vpc(CidrBlock=cidr)['Vpc']['VpcId']
    if names:
        ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
    base = cidr.rsplit('.', 2)[0]
    subnets = [
        ec2.create_subnet(VpcId=v, CidrBlock=f'{base}.{i}.0/28', AvailabilityZone='us-east-1' + z)['Subnet']['SubnetId']
        for i, z in enumerate('ab')
    ]
    return v, subnets


def gateway(v):
    igw = ec2.create_internet_gateway()['InternetGateway']['InternetGatewayId']
    ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=v)
    return igw


def group(v, name):
    return ec2.create_security_group(GroupName=name, Description='d', VpcId=v)['GroupId']


def group_of(v, name='default'):
    return ec2.describe_security_groups(Filters=[{'Name': 'vpc-id', 'Values': [v]}, {'Name': 'group-name', 'Values': [name]}])[
        'SecurityGroups'
    ][0]['GroupId']


def interfaces(v):
    return ec2.describe_network_interfaces(Filters=[{'Name': 'vpc-id', 'Values': [v]}])['NetworkInterfaces']


def new_cluster(name, **more):
    return rds.create_db_cluster(
        DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD, **more
    )['DBCluster']
