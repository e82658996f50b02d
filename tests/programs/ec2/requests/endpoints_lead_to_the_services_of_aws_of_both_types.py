from ec2_calls import *

v = vpc()
s = subnet(v)
for (service, type), expected in zip(
    [
        ('s3', 'Gateway'),
        ('s3', 'Interface'),
        ('dynamodb', 'Interface'),
        ('secretsmanager', 'Interface'),
        ('logs', 'Interface'),
        ('ecr.dkr', 'Interface'),
        ('kinesis-streams', 'Interface'),
        ('bedrock-runtime', 'Interface'),
    ],
    [
        'Gateway com.amazonaws.us-east-1.s3',
        'Interface com.amazonaws.us-east-1.s3 s3.us-east-1.vpce.amazonaws.com',
        'Interface com.amazonaws.us-east-1.dynamodb dynamodb.us-east-1.vpce.amazonaws.com',
        'Interface com.amazonaws.us-east-1.secretsmanager secretsmanager.us-east-1.vpce.amazonaws.com',
        'Interface com.amazonaws.us-east-1.logs logs.us-east-1.vpce.amazonaws.com',
        'Interface com.amazonaws.us-east-1.ecr.dkr dkr.ecr.us-east-1.vpce.amazonaws.com',
        'Interface com.amazonaws.us-east-1.kinesis-streams kinesis.us-east-1.vpce.amazonaws.com',
        'Interface com.amazonaws.us-east-1.bedrock-runtime bedrock-runtime.us-east-1.vpce.amazonaws.com',
    ],
    strict=True,
):
    more = dict(SubnetIds=[s], PrivateDnsEnabled=False) if type == 'Interface' else {}
    e = ec2.create_vpc_endpoint(VpcId=v, ServiceName=f'com.amazonaws.us-east-1.{service}', VpcEndpointType=type, **more)['VpcEndpoint']
    expect(expected, e['VpcEndpointType'], e['ServiceName'], *[d['DnsName'].split('.', 1)[1] for d in e.get('DnsEntries', [])][:1])
expect(
    "['Gateway', 'Interface']",
    [
        x['ServiceType'][0]['ServiceType']
        for x in ec2.describe_vpc_endpoint_services(ServiceNames=['com.amazonaws.us-east-1.s3'])['ServiceDetails']
    ],
)
expect(
    '400 InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).',
    refused('create_vpc_endpoint', VpcId=v, ServiceName='com.amazonaws.us-east-1.logs'),
)
