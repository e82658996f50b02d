"""A bucket as the destination of failures: AWS's record is an object, which the role of the function must be allowed to put."""
from lambda_calls import *
from calls import client
import re, time

INVALID = 'InvalidParameterValueException'
BUCKET = 'arn:aws:s3:::failures'
s3 = client('s3')
s3.create_bucket(Bucket='failures')
iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
lam.create_function(FunctionName='fails', Runtime='python3.12', Handler='f.handler', Role=f'arn:aws:iam::{A}:role/r',
                    Code={'ZipFile': zipped('f.py', 'def handler(e, c): raise ValueError(e)')})


def configure(**destinations):
    return lam.put_function_event_invoke_config(
        FunctionName='fails', MaximumRetryAttempts=0, DestinationConfig={k: {'Destination': v} for k, v in destinations.items()})


def may(*statements):
    iam.put_role_policy(RoleName='r', PolicyName='p', PolicyDocument=document(*statements))


put, ls = allow('s3:PutObject', f'{BUCKET}/aws/lambda/async/fails/*'), allow('s3:ListBucket', BUCKET)
lacks = "The function's execution role does not have permissions to call "
fails(INVALID, 'The destination ARN arn:aws:s3:::none is invalid.', configure, OnFailure='arn:aws:s3:::none')
fails(INVALID, f'{lacks}PutObject on {BUCKET}', configure, OnFailure=BUCKET)
may(put)
fails(INVALID, f'{lacks}ListBucket on {BUCKET}', configure, OnFailure=BUCKET)
fails(INVALID, f'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination={BUCKET}), onFailure=null) is invalid.',
      configure, OnSuccess=BUCKET)
may(put, ls)
equal(configure(OnFailure=BUCKET)['DestinationConfig']['OnFailure']['Destination'], BUCKET)

accepted = lam.invoke(FunctionName='fails', InvocationType='Event', Payload=b'"why"')['ResponseMetadata']['RequestId']
deadline = time.monotonic() + 60
while not (found := s3.list_objects_v2(Bucket='failures').get('Contents')):
    assert time.monotonic() < deadline, 'there is no record'
key, = (entry['Key'] for entry in found)
day = '[0-9]{4}/[0-9]{2}/[0-9]{2}'
uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
assert re.fullmatch(f'aws/lambda/async/fails/{day}/[0-9]{{4}}(-[0-9]{{2}}){{2}}T([0-9]{{2}}[.]){{2}}[0-9]{{2}}-{uuid}', key), key
record = json.load(s3.get_object(Bucket='failures', Key=key)['Body'])
expect(f'RetriesExhausted {accepted} why ValueError', record['requestContext']['condition'], record['requestContext']['requestId'],
       record['requestPayload'], record['responsePayload']['errorType'])
