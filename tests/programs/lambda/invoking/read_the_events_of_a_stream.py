from lambda_calls import *

import sys, urllib.request
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.eventstream import EventStreamBuffer

name = sys.argv[-1]

# Releases of botocore before the operation have at least its framing, with all checksums.
request = AWSRequest('POST', f'{lam.meta.endpoint_url}/2021-11-15/functions/{name}/response-streaming-invocations', data=b'{}')
SigV4Auth(lam._request_signer._credentials, 'lambda', 'us-east-1').add_auth(request)
sent = urllib.request.Request(request.url, data=b'{}', headers=dict(request.headers), method='POST')
buffer = EventStreamBuffer()
with urllib.request.urlopen(sent) as answer:
    buffer.add_data(answer.read())
events = [(event.headers[':event-type'], event.headers[':message-type'], event.payload) for event in buffer]
equal(b''.join(payload for type, _, payload in events if type == 'PayloadChunk'), b'onetwo')
equal(events[-1], ('InvokeComplete', 'event', b'{}'))

if hasattr(lam, 'invoke_with_response_stream'):
    answer = lam.invoke_with_response_stream(FunctionName=name, Payload=b'{}', LogType='Tail')
    expect(
        '200 $LATEST application/vnd.amazon.eventstream', answer['StatusCode'], answer['ExecutedVersion'], answer['ResponseStreamContentType']
    )
    *parts, last = answer['EventStream']
    equal(b''.join(part['PayloadChunk']['Payload'] for part in parts), b'onetwo')
    assert base64.b64decode(last['InvokeComplete']['LogResult']).startswith(b'START RequestId: '), last
    equal(lam.invoke_with_response_stream(FunctionName=name, InvocationType='DryRun')['StatusCode'], 204)

# InvokeAsync is deprecated, but there.
answer = lam.invoke_async(FunctionName=name, InvokeArgs=b'{}')
equal(answer['Status'], 202)
fails('ResourceNotFoundException', f'Function not found: arn:aws:lambda:us-east-1:{A}:function:nothing:$LATEST', lam.invoke_async, FunctionName='nothing', InvokeArgs=b'{}')
