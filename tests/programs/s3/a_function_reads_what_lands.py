"""The aws CLI copies a file into a bucket; a function gets the event and reads the object."""
from event_calls import *
import re, subprocess, tempfile

s3.create_bucket(Bucket='inbox')
iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
iam.put_role_policy(RoleName='r', PolicyName='p', PolicyDocument=document(allow('s3:GetObject', f'{BUCKET}/*')))
CODE = '''
import boto3
from urllib.parse import unquote_plus


def handler(event, context):
    about = event["Records"][0]["s3"]
    got = boto3.client("s3").get_object(Bucket=about["bucket"]["name"], Key=unquote_plus(about["object"]["key"]))
    return got["Body"].read().decode()
'''
lam.create_function(FunctionName='load', Runtime='python3.12', Handler='f.handler', Role=f'arn:aws:iam::{A}:role/r',
                    Code={'ZipFile': zipped('f.py', CODE)}, Timeout=30)
let_s3('load', SourceAccount=A)
notify(rule('load', 'ObjectCreated:*', prefix='in/', suffix='.csv', Id='csv'))
with tempfile.NamedTemporaryFile('w', suffix='.csv') as file:
    file.write('a,b\n1,2\n')
    file.flush()
    for key in ('elsewhere/x.csv', 'in/x.txt', 'in/may report@home+é.csv'):
        subprocess.run(['aws', '--endpoint-url', ENDPOINT, 's3', 'cp', '--only-show-errors', file.name, f's3://inbox/{key}'], check=True)

one, = invocations('load')
expect('a,b\n1,2\n event None', one['result'], one['source'], one['error'])
record, = one['payload']['Records']
of = record['s3']['object']
assert re.fullmatch('[0-9A-F]{18}', of.pop('sequencer'))
equal(of, {'key': 'in/may+report%40home%2B%C3%A9.csv', 'size': 8, 'eTag': s3.head_object(Bucket='inbox', Key='in/may report@home+é.csv')['ETag'].strip('"')})
owner = record['s3']['bucket']['ownerIdentity']['principalId']
equal(record['s3']['bucket'], {'name': 'inbox', 'arn': BUCKET, 'ownerIdentity': {'principalId': owner}})
expect('2.5 aws:s3 us-east-1 ObjectCreated:Put 127.0.0.1 1.0 csv', record['eventVersion'], record['eventSource'], record['awsRegion'],
       record['eventName'], record['requestParameters']['sourceIPAddress'], record['s3']['s3SchemaVersion'], record['s3']['configurationId'])
assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', record['eventTime'])
assert re.fullmatch('A[0-9A-Z]{13}', owner) and re.fullmatch('AWS:AIDA[0-9A-Z]+', record['userIdentity']['principalId']), record
assert len(record['responseElements']['x-amz-request-id']) == 16 and record['responseElements']['x-amz-id-2']
