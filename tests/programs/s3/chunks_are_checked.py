"""The framings of aws-chunked: what is right is stored without them, what is wrong leaves nothing."""
from s3_calls import *
import base64, zlib

s3.create_bucket(Bucket='chunks')
EMPTY = hashlib.sha256(b'').hexdigest()


def crc(data):
    return base64.b64encode(zlib.crc32(data).to_bytes(4, 'big')).decode()


def unsigned(chunks, trailer=None, length=None, announce='x-amz-checksum-crc32'):
    data = b''.join(chunks)
    wire = b''.join(b'%x\r\n%s\r\n' % (len(c), c) for c in chunks) + b'0\r\n'
    wire += f'x-amz-checksum-crc32:{crc(data) if trailer is None else trailer}\r\n\r\n'.encode() if trailer != '' else b'\r\n'
    headers = {'x-amz-decoded-content-length': str(len(data) if length is None else length), 'content-encoding': 'gzip,aws-chunked',
               'content-length': str(len(wire))}
    if announce:
        headers['x-amz-trailer'] = announce
    return signed('PUT', '/chunks/k', b'', headers, payload='STREAMING-UNSIGNED-PAYLOAD-TRAILER')[4](wire)


def chunked(chunks, trailer=False, spoil=None):
    data = b''.join(chunks)
    kind = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' + ('-TRAILER' if trailer else '')
    size = sum(len(f'{len(c):x}') + len(';chunk-signature=') + 64 + 4 + len(c) for c in chunks) + 1 + len(';chunk-signature=') + 64 + 2
    field = f'x-amz-checksum-crc32:{crc(data)}'
    size += len(field) + 2 + len('x-amz-trailer-signature:') + 64 + 2 + 2 if trailer else 2
    headers = {'x-amz-decoded-content-length': str(len(data)), 'content-length': str(size)}
    if trailer:
        headers['x-amz-trailer'] = 'x-amz-checksum-crc32'
    derived, date, scope, previous, send = signed('PUT', '/chunks/k', b'', headers, payload=kind)
    wire = b''
    for number, chunk in enumerate(chunks + [b'']):
        text = '\n'.join(['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, EMPTY, hashlib.sha256(chunk).hexdigest()])
        previous = hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()
        shown = '0' * 64 if spoil == number else previous
        wire += f'{len(chunk):x};chunk-signature={shown}\r\n'.encode() + (chunk + b'\r\n' if chunk else b'')
    if trailer:
        text = '\n'.join(['AWS4-HMAC-SHA256-TRAILER', date, scope, previous, hashlib.sha256((field + '\n').encode()).hexdigest()])
        signature = '0' * 64 if spoil == 'trailer' else hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()
        wire += f'{field}\r\nx-amz-trailer-signature:{signature}\r\n'.encode()
    wire += b'\r\n'
    assert len(wire) == size, (len(wire), size)
    return send(wire)


def stored():
    return s3.get_object(Bucket='chunks', Key='k')['Body'].read()


big = [os.urandom(65536), os.urandom(8192), b'end']
status, headers, body = unsigned([b'hello'])
equal((status, headers.get('x-amz-checksum-crc32'), body), (200, 'NhCmhg==', b''))
expect("b'hello' gzip", stored(), s3.get_object(Bucket='chunks', Key='k')['ContentEncoding'])
equal(unsigned(big)[0], 200)
equal(stored(), b''.join(big))
for spoiled, answer in ((dict(chunks=[b'x'], trailer='AAAAAA=='), '400 BadDigest'), (dict(chunks=[b'x'], trailer=''), '400 MalformedTrailerError'),
                        (dict(chunks=[b'x'], length=2), '400 IncompleteBody'), (dict(chunks=[b'xyz'], length=2), '400 IncompleteBody'),
                        (dict(chunks=[b'x'], announce='x-amz-checksum-sha1'), '400 MalformedTrailerError'),
                        (dict(chunks=[b'x'], announce='x-other'), '400 InvalidRequest'), (dict(chunks=[b'x'] * 3), '400 InvalidChunkSizeError')):
    equal((spoiled, code(unsigned(**spoiled))), (spoiled, answer))
    equal(stored(), b''.join(big))
for trailer in (False, True):
    equal(chunked(big, trailer)[0], 200)
    equal(stored(), b''.join(big))
    equal(chunked([b'hello'], trailer)[0], 200)
    equal(stored(), b'hello')
    for spoil in (0, 1, 3) + (('trailer',) if trailer else ()):
        equal((trailer, spoil, code(chunked(big, trailer, spoil))), (trailer, spoil, '403 SignatureDoesNotMatch'))
        equal(stored(), b'hello')
equal(code(signed('PUT', '/chunks/k', b'', {'content-length': '0'}, payload='STREAMING-UNSIGNED-PAYLOAD-TRAILER')[4]()), '411 MissingContentLength')
equal(code(signed('PUT', '/chunks/k', b'', {'transfer-encoding': 'chunked'}, payload='UNSIGNED-PAYLOAD')[4](b'0\r\n\r\n')), '411 MissingContentLength')
