"""Changed URLs, clocks that are wrong, bombs, uploads that are cut off, and 50 callers of one key."""
from s3_calls import *
import base64, concurrent.futures, socket
import s3_calls
from botocore.config import Config

s3.create_bucket(Bucket='wrong')
B, K = dict(Bucket='wrong'), dict(Bucket='wrong', Key='k')
s3.put_object(Body=b'content', **K)

# A presigned URL, of which any byte is another one.
for version in ('s3v4', 's3'):
    signer = boto3.client('s3', endpoint_url=endpoint, config=Config(signature_version=version))
    target = signer.generate_presigned_url('get_object', Params=K)[len(endpoint):]
    equal(raw('GET', target)[0], 200)
    for at in range(1, len(target)):
        changed = target[:at] + ('b' if target[at] in 'aA' else 'a') + target[at + 1:]
        status, _, body = raw('GET', changed)
        assert status >= 400 and body != b'content', (changed, status, body)

# Clocks.
real = datetime
for minutes, answer in ((-14, '200'), (14, '200'), (-16, '403 RequestTimeTooSkewed'), (16, '403 RequestTimeTooSkewed')):
    class Shifted:
        timezone = real.timezone

        class datetime:
            now = staticmethod(lambda zone: real.datetime.now(zone) + real.timedelta(minutes=minutes))

    s3_calls.datetime = Shifted
    request = signed('GET', '/wrong/k')[4]
    s3_calls.datetime = real
    got = request()
    equal((minutes, '200' if got[0] == 200 else code(got)), (minutes, answer))

# Documents that expand, or go deeper than a stack.
entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + ''.join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip('abcdefgh', 'bcdefghi')) + ']>'
bombs = [
    f'{entities}<ROOT><TagSet><Tag><Key>&i;</Key><Value>x</Value></Tag></TagSet></ROOT>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd"><ROOT/>',
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><ROOT><TagSet><Tag><Key>&f;</Key><Value>x</Value></Tag></TagSet></ROOT>',
    '<ROOT>' + '<a>' * 10_000 + '</a>' * 10_000 + '</ROOT>',
    '<ROOT>' + '<a>' * 10_000,
    '<ROOT ' + ' '.join(f'a{n}="x"' for n in range(2000)) + '>',
    '', '<', '\ufeff', 'ROOT',
]
for root, method, target in (('Tagging', 'PUT', '/wrong/k?tagging='), ('Delete', 'POST', '/wrong?delete='),
                             ('CORSConfiguration', 'PUT', '/wrong?cors='), ('VersioningConfiguration', 'PUT', '/wrong?versioning=')):
    for bomb in bombs:
        body = bomb.replace('ROOT', root).encode()
        got = signed(method, target, body, {'content-md5': base64.b64encode(hashlib.md5(body).digest()).decode()})[4]()
        assert 400 <= got[0] < 500 or b'<a>' in body and got[0] in (200, 204), (root, body[:80], got)
equal(s3.get_object_tagging(**K)['TagSet'], [])

# Uploads that end in the middle leave what was there.
where = urllib.parse.urlsplit(endpoint)
plain_raw = s3_calls.raw
for size in (1000, 1_000_000):
    s3_calls.raw = lambda *request: request
    method, target, _, headers, host = signed('PUT', '/wrong/k', bytes(size))[4]()
    s3_calls.raw = plain_raw
    head = f'{method} {target} HTTP/1.1\r\nHost: {host}\r\n' + ''.join(f'{k}: {v}\r\n' for k, v in headers.items()) + '\r\n'
    with socket.create_connection((where.hostname, where.port)) as connection:
        connection.sendall(head.encode() + bytes(size // 2))
        connection.shutdown(socket.SHUT_WR)
        try:
            answered = connection.makefile('rb').readline()
        except ConnectionResetError:
            answered = b''
        assert b' 200 ' not in answered, answered
    equal(s3.get_object(**K)['Body'].read(), b'content')


# One key of 50 callers: whoever reads sees one of the bodies, whole.
def busy(number):
    mine = boto3.client('s3', endpoint_url=endpoint)
    body = bytes([number]) * (100 if number % 2 else 50_000)
    for turn in range(3):
        if number % 5 == 4:
            mine.delete_object(**K)
        elif number % 5 == 3:
            upload = mine.create_multipart_upload(**K)['UploadId']
            part = mine.upload_part(UploadId=upload, PartNumber=1, Body=body, **K)['ETag']
            mine.complete_multipart_upload(UploadId=upload, MultipartUpload={'Parts': [{'PartNumber': 1, 'ETag': part}]}, **K)
        else:
            mine.put_object(Body=body, **K)
        try:
            got = mine.get_object(**K)
        except mine.exceptions.NoSuchKey:
            continue
        read = got['Body'].read()
        if read == b'content':
            continue
        assert len(set(read)) == 1 and len(read) == (100 if read[0] % 2 else 50_000) == got['ContentLength'], (number, len(read))
        md5 = hashlib.md5(read)
        equal(got['ETag'].strip('"'), hashlib.md5(md5.digest()).hexdigest() + '-1' if read[0] % 5 == 3 else md5.hexdigest())


with concurrent.futures.ThreadPoolExecutor(50) as callers:
    list(callers.map(busy, range(50)))
s3.put_object(Body=b'last', **K)
expect("b'last' 1", s3.get_object(**K)['Body'].read(), len(s3.list_objects_v2(**B)['Contents']))
assert 'Uploads' not in s3.list_multipart_uploads(**B)
