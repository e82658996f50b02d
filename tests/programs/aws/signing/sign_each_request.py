# Signs each request read from standard input (one JSON a line) and answers method, target, headers and body, base64.
import base64, json, sys
from urllib.parse import urlsplit
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

for line in sys.stdin:
    r = json.loads(line)
    credentials = Credentials(r["key"], r["secret"], r["token"])
    request = AWSRequest(method=r["method"], url=r["url"], data=r["body"].encode(), headers=r["headers"])
    of_header, of_query = (S3SigV4Auth, S3SigV4QueryAuth) if r["service"] == "s3" else (SigV4Auth, SigV4QueryAuth)
    auth = (
        of_query(credentials, r["service"], r["region"], expires=300) if r["presign"] else of_header(credentials, r["service"], r["region"])
    )
    auth.add_auth(request)
    sent = request.prepare()
    parts = urlsplit(sent.url)
    headers = [[k, v.decode() if isinstance(v, bytes) else v] for k, v in sent.headers.items()]
    body = sent.body if isinstance(sent.body, bytes) else (sent.body or "").encode()
    if not any(k.lower() == "host" for k, v in headers):
        headers.append(["Host", parts.netloc])
    print(
        json.dumps(
            {
                "method": sent.method,
                "target": parts.path + ("?" + parts.query if parts.query else ""),
                "headers": headers,
                "body": base64.b64encode(body).decode(),
            }
        ),
        flush=True,
    )
