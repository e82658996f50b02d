from lambda_calls import *

import sys, urllib.error, urllib.parse, urllib.request
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

directory = sys.argv[-1]
arn = function('debugged')


def debug(caller, signs=True):
    query = urllib.parse.urlencode(dict(function='debugged', directory=directory))
    request = AWSRequest('POST', f'{lam.meta.endpoint_url}/_daybreak/debug?{query}', data=b'')
    if signs:
        SigV4Auth(caller._request_signer._credentials, 'lambda', 'us-east-1').add_auth(request)
    sent = urllib.request.Request(request.url, data=b'', headers=dict(request.headers), method='POST')
    try:
        with urllib.request.urlopen(sent) as answer:
            return answer.status, json.loads(answer.readline())['event']
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)['message']


key = user('developer', allow('lambda:InvokeFunction'))
developer = client('lambda', credentials=key)
equal(debug(developer, signs=False), (403, 'Missing Authentication Token'))
equal(
    debug(developer),
    (
        403,
        f'User: arn:aws:iam::{A}:user/developer is not authorized to perform: lambda:UpdateFunctionCode on resource: {arn} '
        'because no identity-based policy allows the lambda:UpdateFunctionCode action',
    ),
)
iam.put_user_policy(UserName='developer', PolicyName='code', PolicyDocument=document(allow('lambda:UpdateFunctionCode', arn)))
equal(debug(developer), (200, 'started'))
