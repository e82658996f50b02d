from calls import client, fails, iam, sts, document, allow, deny, quiet
from expect import begins, equal, expect
import boto3, datetime, hashlib, hmac, http.client, json, os, urllib.parse
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

endpoint = os.environ['AWS_ENDPOINT_URL']
s3 = client('s3')


def raw(method, target, body=b'', headers=(), host=None):
    """A request as it is, and its answer: status, headers, body."""
    where = urllib.parse.urlsplit(endpoint)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    connection.putheader('Host', host or where.netloc)
    for name, value in dict(headers).items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


def signed(method, target, body=b'', headers=(), host=None, key='test', secret='test', region='us-east-1', payload=None):
    """The same with a signature of version 4, over a path that is sent as it is."""
    where = urllib.parse.urlsplit(endpoint)
    host = host or where.netloc
    path, _, query = target.partition('?')
    now = datetime.datetime.now(datetime.timezone.utc)
    date = now.strftime('%Y%m%dT%H%M%SZ')
    headers = {k.lower(): v for k, v in dict(headers).items()}
    headers.update({'host': host, 'x-amz-date': date, 'x-amz-content-sha256': payload or hashlib.sha256(body).hexdigest()})
    pairs = sorted(tuple((p + '=').split('=')[:2]) for p in query.split('&') if p)
    names = ';'.join(sorted(headers))
    canonical = '\n'.join([method, path, '&'.join(f'{k}={v}' for k, v in pairs),
                           ''.join(f'{k}:{headers[k].strip()}\n' for k in sorted(headers)), names, headers['x-amz-content-sha256']])
    scope = f'{date[:8]}/{region}/s3/aws4_request'
    text = f'AWS4-HMAC-SHA256\n{date}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}'
    sign = lambda k, m: hmac.new(k, m.encode(), hashlib.sha256).digest()
    derived = sign(sign(sign(sign(('AWS4' + secret).encode(), date[:8]), region), 's3'), 'aws4_request')
    signature = hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()
    headers['authorization'] = f'AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={names}, Signature={signature}'
    sent = dict(headers)
    del sent['host']
    if method in ('PUT', 'POST') and 'content-length' not in sent and 'transfer-encoding' not in sent:
        sent['content-length'] = str(len(body))
    return derived, date, scope, signature, lambda wire=body: raw(method, target, wire, sent, host)


def code(answer):
    """Status and code of an error."""
    status, _, body = answer
    text = body.decode()
    return f'{status} {text.split("<Code>")[1].split("</Code>")[0]}' if '<Code>' in text else f'{status} {text}'
