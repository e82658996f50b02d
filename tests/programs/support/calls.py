from expect import begins, equal, expect
import boto3, json, os, sys
from botocore.config import Config
from botocore.exceptions import ClientError

quiet = Config(retries={'max_attempts': 0}, parameter_validation=False)


def client(name, key=None, secret='test', token=None, credentials=None):
    if credentials:
        key, secret, token = credentials['AccessKeyId'], credentials['SecretAccessKey'], credentials.get('SessionToken')
    extra = {} if key is None else dict(aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)
    return boto3.client(name, endpoint_url=os.environ['AWS_ENDPOINT_URL'], config=quiet, **extra)


def fails(code, message, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except ClientError as e:
        got = (e.response['Error']['Code'], e.response['Error']['Message'])
        assert got == (code, message), f'\n got {got}\nwant {(code, message)}'
        return e.response['ResponseMetadata']['HTTPStatusCode']
    raise AssertionError(f'{call} did not fail with {code}')


def document(*statements):
    return json.dumps({'Version': '2012-10-17', 'Statement': list(statements)})


def allow(action, resource='*', **more):
    return dict(Effect='Allow', Action=action, Resource=resource, **more)


def deny(action, resource='*'):
    return dict(Effect='Deny', Action=action, Resource=resource)


def trust(principal, **more):
    return document(dict(Effect='Allow', Principal=principal, Action='sts:AssumeRole', **more))


def plain(x):
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items() if k not in ('HTTPHeaders', 'RetryAttempts', 'RequestId')}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    return x if isinstance(x, (str, int, float, bool, type(None))) else str(x)


def outcome(call, *args, **kwargs):
    try:
        return plain(call(*args, **kwargs))
    except ClientError as e:
        return plain(e.response)


iam, sts = client('iam'), client('sts')
