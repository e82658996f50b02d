"""URLs that are signed, by version 4 and by version 2, and what becomes of them when anything changes."""
from s3_calls import *
import re, time
from botocore.config import Config

s3.create_bucket(Bucket='urls')
s3.put_object(Bucket='urls', Key='a b/+c', Body=b'content', ContentType='text/plain')
P = dict(Bucket='urls', Key='a b/+c')
clients = {v: boto3.client('s3', endpoint_url=endpoint, config=Config(signature_version=v)) for v in ('s3v4', 's3')}


def at(url, method='GET', body=b'', **headers):
    return raw(method, url[len(endpoint):], body, {k.replace('_', '-'): v for k, v in headers.items()})


for version, signer in clients.items():
    url = signer.generate_presigned_url('get_object', Params=P)
    assert ('X-Amz-Signature' in url) == (version == 's3v4'), url
    equal((version, at(url)[0], at(url)[2]), (version, 200, b'content'))
    # Another method, key, bucket, or any other digit of the signature.
    equal(code(at(url, 'PUT', b'x', content_length='1')), '403 SignatureDoesNotMatch')
    equal(code(at(url.replace('urls', 'uRls'))), '403 SignatureDoesNotMatch')
    name = 'X-Amz-Signature=' if version == 's3v4' else 'Signature='
    place = url.index(name) + len(name)
    wrong = url[:place] + ('b' if url[place] == 'a' else 'a') + url[place + 1:]
    equal(code(at(wrong)), '403 SignatureDoesNotMatch')
    # Overrides are part of what is signed.
    url = signer.generate_presigned_url('get_object', Params=dict(ResponseContentType='image/png', **P))
    equal(at(url)[1]['content-type'], 'image/png')
    equal(code(at(url.replace('image', 'audio'))), '403 SignatureDoesNotMatch')
    # Uploads, with headers that a user of the URL has to send (version 4) or that are in it (version 2).
    put = dict(Bucket='urls', Key='put', ContentType='text/x', Metadata={'colour': 'red'})
    url = signer.generate_presigned_url('put_object', Params=put)
    sent = {'content-length': '3', 'content-type': 'text/x'} | ({'x-amz-meta-colour': 'red'} if version == 's3v4' else {})
    equal((version, raw('PUT', url[len(endpoint):], b'abc', sent)[0]), (version, 200))
    got = s3.get_object(Bucket='urls', Key='put')
    expect("b'abc' text/x {'colour': 'red'}", got['Body'].read(), got['ContentType'], got['Metadata'])
    equal(at(signer.generate_presigned_url('delete_object', Params=dict(Bucket='urls', Key='put')), 'DELETE')[0], 204)
    equal(code(at(signer.generate_presigned_url('get_object', Params=dict(Bucket='urls', Key='put')))), '404 NoSuchKey')
    # Their end.
    url = signer.generate_presigned_url('get_object', Params=P, ExpiresIn=1)
    while at(url)[0] == 200:
        time.sleep(0.1)
    text = at(url)[2].decode()
    assert '<Message>Request has expired</Message>' in text and '<ServerTime>' in text and ('<X-Amz-Expires>1<' in text) == (version == 's3v4'), text

v4 = clients['s3v4'].generate_presigned_url('get_object', Params=P)
equal(code(at(re.sub('&X-Amz-Signature=[0-9a-f]*', '', v4))), '400 AuthorizationQueryParametersError')
for text in ('604801', '-1', 'x'):
    equal(code(at(v4.replace('X-Amz-Expires=3600', f'X-Amz-Expires={text}'))), '400 AuthorizationQueryParametersError')
answer = at(v4, x_amz_meta_a='b')
assert code(answer) == '403 AccessDenied' and b'<HeadersNotSigned>x-amz-meta-a</HeadersNotSigned>' in answer[2], answer
v2 = clients['s3'].generate_presigned_url('get_object', Params=P)
answer = at(re.sub('&Signature=[^&]*', '', v2) if '&Signature=' in v2 else re.sub('Signature=[^&]*&', '', v2))
assert b'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters' in answer[2], answer

# By the bucket's host.
port = endpoint.rsplit(':', 1)[1]
for version in ('s3v4', 's3'):
    virtual = boto3.client('s3', endpoint_url=f'http://s3.localhost:{port}', config=Config(signature_version=version, s3={'addressing_style': 'virtual'}))
    url = virtual.generate_presigned_url('get_object', Params=P)
    assert url.startswith(f'http://urls.s3.localhost:{port}/'), url
    equal((version, raw('GET', url[len(f'http://urls.s3.localhost:{port}'):], host=f'urls.s3.localhost:{port}')[2]), (version, b'content'))
