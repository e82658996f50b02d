from reach_calls import *
from reach_explanations import explained, mend
import threading

CLOSED, OPEN, UNANSWERED = 'TimeoutError', 'S', 'ReadTimeoutError'
NO_CONNECTION = ('ConnectTimeoutError', 'EndpointConnectionError')

# A VPC without any way out, a database in it, and a function beside it.
vpc = ec2_calls.vpc()
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={'Value': True})
near, far = ec2_calls.subnet(vpc, '10.0.0.0/24'), ec2_calls.subnet(vpc, '10.0.1.0/24', 'us-east-1b')
mine, its = ec2_calls.group(vpc, 'function'), ec2_calls.group(vpc, 'database')
rds.create_db_subnet_group(DBSubnetGroupName='private', DBSubnetGroupDescription='d', SubnetIds=[near, far])
cluster('private', DBSubnetGroupName='private', VpcSecurityGroupIds=[its], StorageEncrypted=False)
member = instance('private', 'private-1', PubliclyAccessible=False)
host, port = member['Endpoint']['Address'], member['Endpoint']['Port']
writer = rds.describe_db_clusters(DBClusterIdentifier='private')['DBClusters'][0]['Endpoint']

role('vpc', allow(['ec2:*NetworkInterface*', 'sts:*', 'lambda:*', 'iam:*']))
reaching('f', place([near], [mine]))
reaching('free')


def database(name='f'):
    return ask(name, 'tcp', host, port)


def rule(change, group, peer, port=port):
    getattr(ec2, change)(
        GroupId=group, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': port, 'ToPort': port, 'UserIdGroupPairs': [{'GroupId': peer}]}]
    )


answer = ask('free', 'tcp', host, port)
assert answer in ('S', 'N'), answer
OPEN = answer

# Neither a database whose group admits nobody nor an API: attempts are not answered, whatever address or keys are used.
equal(database(), CLOSED)
equal(ask('f', 'tcp', writer, port), CLOSED)
equal(ask('free', 'api', 'sts', 'get_caller_identity'), True)
assert ask('f', 'api', 'sts', 'get_caller_identity') in NO_CONNECTION
assert ask('f', 'others', 'sts', 'get_caller_identity', 'test', 'test') in NO_CONNECTION
equal(ask('f', 'tcp', '127.0.0.1', 1), 'ConnectionRefusedError')

# The rule lets a running environment in; the writer's address leads to the same instance.
waiting = {}
attempt = threading.Thread(target=lambda: waiting.update(got=ask('f', 'slowly', host, port)))
attempt.start()
attempt.join(1.5)
assert attempt.is_alive()
told = explained('f', 'private')
equal(told['works'], False)
failed = mend(told)
equal(failed['stage'], 'network')
assert f'No ingress rule of {its}, the database\'s, admits TCP {port} from 10.0.0.' in failed['text'], failed
attempt.join(20)
equal(waiting, {'got': OPEN})
equal(database(), OPEN)
equal(ask('f', 'tcp', writer, port), OPEN)
equal(explained('f', 'private-1')['works'], True)

# Without the rule open connections end.
lam.put_function_concurrency(FunctionName='f', ReservedConcurrentExecutions=1)
equal(ask('f', 'keep', host, port), OPEN)
rule('revoke_security_group_ingress', its, mine)
assert ask('f', 'kept_ends') in (0, 'ConnectionResetError')
equal(database(), CLOSED)
rule('authorize_security_group_ingress', its, mine)

# The function's own group and the ACL between subnets decide as well.
ec2.revoke_security_group_egress(GroupId=mine, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
equal(database(), CLOSED)
ec2.authorize_security_group_egress(
    GroupId=mine, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': port, 'ToPort': port, 'IpRanges': [{'CidrIp': '10.0.0.0/16'}]}]
)
equal(database(), OPEN)

# An interface endpoint leads to its API, and to no other.
of_endpoint = ec2_calls.group(vpc, 'endpoint')
ec2.authorize_security_group_egress(
    GroupId=mine, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}]
)
endpoint = ec2.create_vpc_endpoint(
    VpcId=vpc,
    VpcEndpointType='Interface',
    ServiceName='com.amazonaws.us-east-1.sts',
    SubnetIds=[near],
    SecurityGroupIds=[of_endpoint],
    PrivateDnsEnabled=True,
)['VpcEndpoint']['VpcEndpointId']
assert ask('f', 'api', 'sts', 'get_caller_identity') in NO_CONNECTION
rule('authorize_security_group_ingress', of_endpoint, mine, 443)
equal(ask('f', 'api', 'sts', 'get_caller_identity'), True)
equal(ask('f', 'others', 'sts', 'get_caller_identity', 'test', 'test'), True)
equal(ask('f', 'api', 'lambda', 'list_functions'), UNANSWERED)
equal(ask('f', 'others', 'lambda', 'list_functions', 'test', 'test'), UNANSWERED)

# The keys of the environment have its way wherever they are used.
key, secret, token = ask('f', 'keys')
outside = boto3.client(
    'lambda',
    endpoint_url=os.environ['AWS_ENDPOINT_URL'],
    aws_access_key_id=key,
    aws_secret_access_key=secret,
    aws_session_token=token,
    config=Config(read_timeout=1, retries={'max_attempts': 0}),
)
try:
    outside.list_functions()
    raise SystemExit('was answered')
except Exception as error:
    equal(type(error).__name__, UNANSWERED)

# A NAT gateway leads to all of them.
public, internet = ec2_calls.subnet(vpc, '10.0.9.0/24'), ec2_calls.gateway(vpc)
ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
assert ask('f', 'api', 'lambda', 'list_functions') in NO_CONNECTION
out = ec2_calls.table(vpc)
ec2.create_route(RouteTableId=out, DestinationCidrBlock='0.0.0.0/0', GatewayId=internet)
ec2.associate_route_table(RouteTableId=out, SubnetId=public)
nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=ec2.allocate_address(Domain='vpc')['AllocationId'])['NatGateway']['NatGatewayId']
private = ec2_calls.table(vpc)
ec2.create_route(RouteTableId=private, DestinationCidrBlock='0.0.0.0/0', NatGatewayId=nat)
ec2.associate_route_table(RouteTableId=private, SubnetId=near)
equal(ask('f', 'api', 'lambda', 'list_functions'), True)
equal(ask('f', 'api', 'iam', 'list_roles'), True)
equal(outside.list_functions()['ResponseMetadata']['HTTPStatusCode'], 200)
ec2.delete_route(RouteTableId=private, DestinationCidrBlock='0.0.0.0/0')
assert ask('f', 'api', 'lambda', 'list_functions') in NO_CONNECTION

# Another subnet is another way, and out of the VPC all are open.
lam.update_function_configuration(FunctionName='f', VpcConfig=place([], []))
equal(database(), OPEN)
equal(ask('f', 'api', 'lambda', 'list_functions'), True)

# A database of another VPC with the same addresses is another one.
twin = ec2_calls.vpc()
lam.update_function_configuration(FunctionName='f', VpcConfig=place([ec2_calls.subnet(twin, '10.0.0.0/24')], [ec2_calls.group(twin)]))
ec2.authorize_security_group_ingress(GroupId=its, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
equal(database(), CLOSED)
delete('private', 'private-1')
