from reach_calls import *
from reach_explanations import explained, mend

# A VPC without any way out, and a function in it.
vpc = ec2_calls.vpc()
near = ec2_calls.subnet(vpc, '10.0.0.0/24')
role('gateway', allow(['ec2:*NetworkInterface*', 's3:*', 'sts:*']))
reaching('g', place([near], [ec2_calls.group(vpc)]), role='gateway')
s3 = boto3.client('s3', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
s3.create_bucket(Bucket='gateway')
CLOSED = ('ConnectTimeoutError', 'EndpointConnectionError')
buckets = 'g', 'api', 's3', 'list_buckets'
assert ask(*buckets) in CLOSED

# The explanation names the route that is missing, and its command makes the endpoint, which needs neither groups nor names.
told = explained('g', 's3')
equal(told['works'], False)
failed = mend(told)
equal([len(step['commands']) for step in failed['toMend']], [1])
assert f', the route table of {near}, has no route to 198.19.' in failed['text'], failed
told = explained('g', 's3')
equal(told['works'], True)
endpoint, = ec2.describe_vpc_endpoints(Filters=ec2_calls.of(vpc))['VpcEndpoints']
equal((endpoint['VpcEndpointType'], endpoint['ServiceName']), ('Gateway', 'com.amazonaws.us-east-1.s3'))
id = endpoint['VpcEndpointId']
assert f' reaches s3.us-east-1.amazonaws.com through {id}.' in told['stages'][1]['text'], told
equal(ask(*buckets), True)
equal(ask('g', 'api', 'sts', 'get_caller_identity'), 'ReadTimeoutError')
assert explained('g', 'sts')['works'] is False

# Its policy and the bucket's decide, too.
def limited(**policy):
    ec2.modify_vpc_endpoint(VpcEndpointId=id, **policy)


limited(PolicyDocument=json.dumps({'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': '*'}]}))
equal(ask(*buckets), 'ClientError')
key, secret, token = ask('g', 'keys')
mine = boto3.client('s3', endpoint_url=os.environ['AWS_ENDPOINT_URL'], aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)
try:
    mine.list_objects_v2(Bucket='gateway')
    raise SystemExit('was answered')
except mine.exceptions.ClientError as denied:
    assert denied.response['Error']['Message'].endswith('because no VPC endpoint policy allows the s3:ListBucket action'), denied
limited(ResetPolicy=True)
equal(mine.list_objects_v2(Bucket='gateway')['KeyCount'], 0)
s3.put_bucket_policy(Bucket='gateway', Policy=json.dumps({'Version': '2012-10-17', 'Statement': [{
    'Effect': 'Deny', 'Principal': {'AWS': f'arn:aws:iam::{A}:role/gateway'}, 'Action': 's3:ListBucket', 'Resource': 'arn:aws:s3:::gateway',
    'Condition': {'StringEquals': {'aws:SourceVpce': id}}}]}))
try:
    mine.list_objects_v2(Bucket='gateway')
    raise SystemExit('was answered')
except mine.exceptions.ClientError as denied:
    assert 'with an explicit deny in a resource-based policy' in denied.response['Error']['Message'], denied

# Taken from the table, the endpoint leads nobody; the explanation puts it back.
table, = endpoint['RouteTableIds']
ec2.modify_vpc_endpoint(VpcEndpointId=id, RemoveRouteTableIds=[table])
assert ask(*buckets) in CLOSED
failed = mend(explained('g', 's3'))
equal([command for step in failed['toMend'] for command in step['commands']], [f'aws ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --add-route-table-ids {table}'])
equal(ask(*buckets), True)
ec2.delete_vpc_endpoints(VpcEndpointIds=[id])
assert ask(*buckets) in CLOSED
