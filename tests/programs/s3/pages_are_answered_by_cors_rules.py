"""CORS: the rules, the questions of browsers, and the requests of pages, of which only those that a rule names are answered."""
from s3_calls import *

B = dict(Bucket='pages')
s3.create_bucket(**B)
s3.put_object(Key='k', Body=b'1', **B)
PAGE = 'https://app.example'
VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method'
put = lambda *rules: s3.put_bucket_cors(CORSConfiguration={'CORSRules': list(rules)}, **B)
cors = lambda answer: {k[len('access-control-'):]: v for k, v in answer[1].items() if k.startswith('access-control-')}


def asks(method='GET', origin=PAGE, path='/pages/k', headers=None):
    sent = {'Origin': origin, 'Access-Control-Request-Method': method}
    if headers:
        sent['Access-Control-Request-Headers'] = headers
    return raw('OPTIONS', path, b'', {k: v for k, v in sent.items() if v})


# Rules.
fails('InvalidRequest', 'Found unsupported HTTP method in CORS config. Unsupported method is PATCH', put, {'AllowedMethods': ['PATCH'], 'AllowedOrigins': ['*']})
fails('InvalidRequest', 'AllowedOrigin "*.*" can not have more than one wildcard.', put, {'AllowedMethods': ['GET'], 'AllowedOrigins': ['*.*']})
NOT_ENABLED = asks()
expect('403 AccessForbidden', code(NOT_ENABLED))
assert b'CORSResponse: CORS is not enabled for this bucket.' in NOT_ENABLED[2] and b'<Method>GET</Method><ResourceType>OBJECT</ResourceType>' in NOT_ENABLED[2]
assert b'CORSResponse: Bucket not found' in asks(path='/none')[2]
rules = [{'ID': 'a', 'AllowedMethods': ['GET', 'PUT'], 'AllowedOrigins': [PAGE, 'https://*.example.org'], 'AllowedHeaders': ['x-amz-*', 'authorization'],
          'ExposeHeaders': ['ETag', 'x-amz-request-id'], 'MaxAgeSeconds': 60},
         {'AllowedMethods': ['HEAD'], 'AllowedOrigins': ['*']}]
put(*rules)
equal(s3.get_bucket_cors(**B)['CORSRules'], rules)

# Questions.
answer = asks(headers='x-amz-date, Authorization')
equal((answer[0], answer[1]['content-length'], answer[1]['vary']), (200, '0', VARY))
equal(cors(answer), {'allow-origin': PAGE, 'allow-methods': 'GET, PUT', 'allow-headers': 'x-amz-date, Authorization',
                     'expose-headers': 'ETag, x-amz-request-id', 'max-age': '60', 'allow-credentials': 'true'})
equal(cors(asks('PUT', 'https://a.example.org'))['allow-origin'], 'https://a.example.org')
equal(cors(asks('HEAD', 'https://elsewhere')), {'allow-origin': '*', 'allow-methods': 'HEAD'})
for refused in (asks('DELETE'), asks(origin='https://elsewhere'), asks(headers='x-other')):
    expect('403 AccessForbidden', code(refused))
    assert b'CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin' in refused[2]
expect('400 BadRequest', code(asks(origin=None)))

# Requests.
page = lambda method, path='/pages/k', origin=PAGE: signed(method, path, headers={'Origin': origin})[4]()
got = page('GET')
equal((got[0], got[2], cors(got)['allow-origin'], got[1]['vary']), (200, b'1', PAGE, VARY))
missing = page('GET', '/pages/none')
equal((code(missing), cors(missing)['allow-origin']), ('404 NoSuchKey', PAGE))
url = s3.generate_presigned_url('get_object', Params=dict(Key='k', **B)).split(urllib.parse.urlsplit(endpoint).netloc)[1]
equal(raw('GET', url, b'', {'Origin': PAGE})[2], b'1')
# A page that no rule names gets nothing, not even what it could not read.
for refused in (page('DELETE'), page('GET', origin='https://elsewhere'), page('GET', '/')):
    equal((refused[0], cors(refused)), (403, {}))
    assert b'Daybreak answers programs on this machine, not web pages.' in refused[2]
equal(s3.get_object(Key='k', **B)['Body'].read(), b'1')
# Nor one that has made its own name lead here.
equal(signed('GET', '/pages/k', headers={'Origin': PAGE}, host='app.example')[4]()[0], 403)
s3.delete_bucket_cors(**B)
equal(page('GET')[0], 403)
