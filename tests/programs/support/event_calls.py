from lambda_calls import *
from calls import client
import os, urllib.parse, urllib.request

ENDPOINT = os.environ['AWS_ENDPOINT_URL'].rstrip('/')
BUCKET = 'arn:aws:s3:::inbox'
s3 = client('s3')


def arn_of(function, region='us-east-1', account=A):
    return f'arn:aws:lambda:{region}:{account}:function:{function}'


def rule(function, *events, prefix=None, suffix=None, **more):
    rules = [{'Name': n, 'Value': v} for n, v in (('prefix', prefix), ('suffix', suffix)) if v is not None]
    return {'LambdaFunctionArn': arn_of(function), 'Events': [f's3:{event}' for event in events],
            **({'Filter': {'Key': {'FilterRules': rules}}} if rules else {}), **more}


def notify(*rules, bucket='inbox', **more):
    return s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={'LambdaFunctionConfigurations': list(rules)}, **more)


def let_s3(function, bucket='inbox', sid='s3', **more):
    lam.add_permission(FunctionName=function, StatementId=sid, Action='lambda:InvokeFunction', Principal='s3.amazonaws.com',
                       SourceArn=f'arn:aws:s3:::{bucket}', **more)


def invocations(function, count=1, **more):
    """Those that ended, when there are so many."""
    query = urllib.parse.urlencode({'function': function, 'count': count, 'wait': 60, **more})
    got = json.load(urllib.request.urlopen(f'{ENDPOINT}/_daybreak/invocations?{query}'))['invocations']
    assert len(got) == count, f'{len(got)} instead of {count}: {got}'
    return got


def records(function, count=1):
    return [one['payload']['Records'][0] for one in invocations(function, count)]
