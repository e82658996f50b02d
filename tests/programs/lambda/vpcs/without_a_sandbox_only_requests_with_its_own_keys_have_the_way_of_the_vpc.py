from reach_calls import *

UNANSWERED = 'ReadTimeoutError'

# A VPC without any way out, a database in it that admits nobody, and a function beside it.
vpc = ec2_calls.vpc()
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={'Value': True})
near, far = ec2_calls.subnet(vpc, '10.0.0.0/24'), ec2_calls.subnet(vpc, '10.0.1.0/24', 'us-east-1b')
mine, its = ec2_calls.group(vpc, 'function'), ec2_calls.group(vpc, 'database')
rds.create_db_subnet_group(DBSubnetGroupName='private', DBSubnetGroupDescription='d', SubnetIds=[near, far])
cluster('private', DBSubnetGroupName='private', VpcSecurityGroupIds=[its], StorageEncrypted=False)
member = instance('private', 'private-1', PubliclyAccessible=False)
host, port = member['Endpoint']['Address'], member['Endpoint']['Port']
role('vpc', allow(['ec2:*NetworkInterface*', 'sts:*', 'lambda:*', 'iam:*']))
reaching('f', place([near], [mine]))
reaching('free')

# Its connections pass, as those of every process of this machine do, and so do requests with other keys.
assert ask('f', 'tcp', host, port) in ('S', 'N')
equal(ask('f', 'others', 'sts', 'get_caller_identity', 'test', 'test'), True)
equal(ask('f', 'others', 'lambda', 'list_functions', 'test', 'test'), True)

# Requests with the keys of its environment get no answer, from wherever they come; those of other functions do.
equal(ask('free', 'api', 'sts', 'get_caller_identity'), True)
equal(ask('f', 'api', 'sts', 'get_caller_identity'), UNANSWERED)
key, secret, token = ask('f', 'keys')
outside = boto3.client(
    'sts',
    endpoint_url=os.environ['AWS_ENDPOINT_URL'],
    aws_access_key_id=key,
    aws_secret_access_key=secret,
    aws_session_token=token,
    config=Config(read_timeout=1, retries={'max_attempts': 0}),
)
try:
    outside.get_caller_identity()
    raise SystemExit('was answered')
except Exception as error:
    equal(type(error).__name__, UNANSWERED)

# An interface endpoint opens the way to its API, and to no other.
of_endpoint = ec2_calls.group(vpc, 'endpoint')
ec2.authorize_security_group_ingress(
    GroupId=of_endpoint,
    IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'UserIdGroupPairs': [{'GroupId': mine}]}],
)
ec2.create_vpc_endpoint(
    VpcId=vpc,
    VpcEndpointType='Interface',
    ServiceName='com.amazonaws.us-east-1.sts',
    SubnetIds=[near],
    SecurityGroupIds=[of_endpoint],
    PrivateDnsEnabled=True,
)
equal(ask('f', 'api', 'sts', 'get_caller_identity'), True)
equal(outside.get_caller_identity()['ResponseMetadata']['HTTPStatusCode'], 200)
equal(ask('f', 'api', 'lambda', 'list_functions'), UNANSWERED)
delete('private', 'private-1')
