"""Objects: bodies, metadata, ranges, conditions, checksums, deletions."""
from s3_calls import *
import base64, zlib
from botocore.config import Config

s3.create_bucket(Bucket='objects')
B = dict(Bucket='objects')

# A put and a get.
put = s3.put_object(Key='a/b', Body=b'0123456789', ContentType='text/plain', CacheControl='no-cache', ChecksumAlgorithm='CRC32',
                    Metadata={'Colour': '=?UTF-8?B?csO2dA==?=', 'plain': 'x'}, **B)
expect('"781e5e245d69b566979b86e28d23f2c7" AES256 poTHxg== FULL_OBJECT',
       put['ETag'], put['ServerSideEncryption'], put['ChecksumCRC32'], put['ChecksumType'])
got = s3.get_object(Key='a/b', ChecksumMode='ENABLED', **B)
expect("b'0123456789' text/plain no-cache [('colour', '=?UTF-8?Q?r=C3=B6t?='), ('plain', 'x')] poTHxg==",
       got['Body'].read(), got['ContentType'], got['CacheControl'], sorted(got['Metadata'].items()), got['ChecksumCRC32'])
head = s3.head_object(Key='a/b', **B)
expect('10 text/plain', head['ContentLength'], head['ContentType'])
assert 'VersionId' not in head and 'ChecksumCRC32' not in head

# Bodies of all sizes come back as they were, from the database or from files.
for size in (0, 1, 32767, 32768, 32769, 262144, 5_000_001):
    data = os.urandom(size)
    equal(s3.put_object(Key=f'size/{size}', Body=data, **B)['ETag'], f'"{hashlib.md5(data).hexdigest()}"')
    equal(hashlib.sha256(s3.get_object(Key=f'size/{size}', **B)['Body'].read()).hexdigest(), hashlib.sha256(data).hexdigest())
    if size > 70:
        equal(s3.get_object(Key=f'size/{size}', Range=f'bytes=5-{size - 60}', **B)['Body'].read(), data[5:size - 59])

# Empty ones one after the other, each of which waits for permission to send nothing.
patient = boto3.client('s3', endpoint_url=endpoint, config=quiet.merge(Config(read_timeout=20)))
for number in range(3):
    patient.put_object(Key='empty', Body=b'', **B)
s3.delete_object(Key='empty', **B)

# Ranges.
for asked, status, range_, body in (
        ('bytes=0-8', 206, 'bytes 0-8/10', b'012345678'), ('bytes=1-', 206, 'bytes 1-9/10', b'123456789'), ('bytes=-2', 206, 'bytes 8-9/10', b'89'),
        ('bytes=0-100', 206, 'bytes 0-9/10', b'0123456789'), ('bytes=-15', 206, 'bytes 0-9/10', b'0123456789'),
        ('bytes=1-0', 200, None, b'0123456789'), ('bytes=-1-', 200, None, b'0123456789'), ('bytes=0--1', 200, None, b'0123456789'),
        ('bytes=-', 200, None, b'0123456789'), ('bytes=0-1,3-4', 200, None, b'0123456789'), ('0-1', 200, None, b'0123456789')):
    got = s3.get_object(Key='a/b', Range=asked, **B)
    equal((asked, got['ResponseMetadata']['HTTPStatusCode'], got.get('ContentRange'), got['Body'].read()), (asked, status, range_, body))
for asked in ('bytes=100-200', 'bytes=-0'):
    equal(fails('InvalidRange', 'The requested range is not satisfiable', s3.get_object, Key='a/b', Range=asked, **B), 416)

# Conditions.
etag = put['ETag']
early, late = 'Mon, 01 Jan 2001 00:00:00 GMT', datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=-1)
held = 'At least one of the pre-conditions you specified did not hold'
equal(fails('PreconditionFailed', held, s3.get_object, Key='a/b', IfMatch='"x"', **B), 412)
equal(fails('PreconditionFailed', held, s3.get_object, Key='a/b', IfUnmodifiedSince=early, **B), 412)
equal(fails('304', 'Not Modified', s3.get_object, Key='a/b', IfNoneMatch=etag, **B), 304)
equal(fails('304', 'Not Modified', s3.head_object, Key='a/b', IfModifiedSince=head['LastModified'], **B), 304)
s3.get_object(Key='a/b', IfMatch=etag.strip('"'), IfUnmodifiedSince=early, **B)
s3.get_object(Key='a/b', IfModifiedSince=datetime.datetime(2999, 1, 1), **B)
equal(fails('PreconditionFailed', held, s3.put_object, Key='a/b', Body=b'', IfNoneMatch='*', **B), 412)
equal(fails('PreconditionFailed', held, s3.put_object, Key='a/b', Body=b'', IfMatch='"x"', **B), 412)
equal(fails('NoSuchKey', 'The specified key does not exist.', s3.put_object, Key='none', Body=b'', IfMatch='"x"', **B), 404)
equal(fails('NotImplemented', 'A header you provided implies functionality that is not implemented',
            s3.put_object, Key='a/b', Body=b'', IfMatch='"x"', IfNoneMatch='*', **B), 501)
s3.put_object(Key='a/b', Body=b'0123456789', IfMatch=etag, **B)

# Overrides.
got = s3.get_object(Key='a/b', ResponseContentType='image/jpeg', ResponseContentDisposition='attachment; filename="foo.jpg"',
                    ResponseExpires='Wed, 21 Oct 2015 07:28:00 GMT', **B)
expect('image/jpeg attachment; filename="foo.jpg" Wed, 21 Oct 2015 07:28:00 GMT', got['ContentType'], got['ContentDisposition'],
       got['ResponseMetadata']['HTTPHeaders']['expires'])
fails('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', s3.get_object, Key='a/b', ResponseContentType='\u4e2d', **B)

# The five checksums, and what is wrong with them.
data = b'Hello checksums'
for name, value in dict(CRC32=base64.b64encode(zlib.crc32(data).to_bytes(4, 'big')), SHA1=base64.b64encode(hashlib.sha1(data).digest()),
                        SHA256=base64.b64encode(hashlib.sha256(data).digest())).items():
    equal(s3.put_object(Key='sum', Body=data, ChecksumAlgorithm=name, **B)[f'Checksum{name}'], value.decode())
    equal(s3.head_object(Key='sum', ChecksumMode='ENABLED', **B)[f'Checksum{name}'], value.decode())
# Check values of the catalogue of CRCs, for the text 123456789.
nine = b'123456789'
for name, value in (('crc32c', 0xE3069283.to_bytes(4, 'big')), ('crc64nvme', 0xAE8B14860A799888.to_bytes(8, 'big')), ('crc32', 0xCBF43926.to_bytes(4, 'big'))):
    text = base64.b64encode(value).decode()
    equal((name, signed('PUT', '/objects/sum', nine, {f'x-amz-checksum-{name}': text})[4]()[1].get(f'x-amz-checksum-{name}')), (name, text))
status, headers, _ = signed('PUT', '/objects/sum', nine)[4]()  # none sent
expect('200 rosUhgp5mIg= FULL_OBJECT', status, headers['x-amz-checksum-crc64nvme'], headers['x-amz-checksum-type'])
fails('InvalidRequest', 'Value for x-amz-checksum-crc32 header is invalid.', s3.put_object, Key='sum', Body=data, ChecksumCRC32='!!!', **B)
fails('BadDigest', 'The CRC32 you specified did not match the calculated checksum.', s3.put_object, Key='sum', Body=data, ChecksumCRC32='AAAAAA==', **B)
fails('InvalidDigest', 'The Content-MD5 you specified was invalid.', s3.put_object, Key='sum', Body=data, ContentMD5='__invalid__', **B)
fails('BadDigest', 'The Content-MD5 you specified did not match what we received.', s3.put_object, Key='sum', Body=data,
      ContentMD5=base64.b64encode(bytes(16)).decode(), **B)
equal(code(signed('PUT', '/objects/sum', b'x', {'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-sha1': 'AAAA'})[4]()), '400 InvalidRequest')
equal(code(signed('PUT', '/objects/sum', b'x', payload='0' * 64)[4]()), '400 XAmzContentSHA256Mismatch')
equal(s3.get_object(Key='sum', **B)['Body'].read(), nine)  # of what was refused, nothing came

# Limits of keys and metadata.
s3.put_object(Key='k' * 1024, Body=b'', **B)
fails('KeyTooLongError', 'Your key is too long', s3.put_object, Key='k' * 1025, Body=b'', **B)
fails('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', s3.put_object, Key='k', Body=b'', Metadata={'a': 'b' * 2048}, **B)
fails('InvalidStorageClass', 'The storage class you specified is not valid', s3.put_object, Key='k', Body=b'', StorageClass='COLD', **B)

# Deletions.
equal(s3.delete_object(Key='none', **B)['ResponseMetadata']['HTTPStatusCode'], 204)
fails('PreconditionFailed', held, s3.delete_object, Key='a/b', IfMatch='"x"', **B)
deleted = s3.delete_objects(Delete={'Objects': [{'Key': 'a/b'}, {'Key': 'none'}, {'Key': 'sum', 'VersionId': 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD'}]}, **B)
expect("[{'Key': 'a/b'}, {'Key': 'none'}] NoSuchVersion", deleted['Deleted'], deleted['Errors'][0]['Code'])
assert 'Deleted' not in s3.delete_objects(Delete={'Objects': [{'Key': 'sum'}], 'Quiet': True}, **B)
equal(fails('NoSuchKey', 'The specified key does not exist.', s3.get_object, Key='a/b', **B), 404)
equal(fails('404', 'Not Found', s3.head_object, Key='a/b', **B), 404)
fails('InvalidArgument', 'Invalid version id specified', s3.get_object, Key='a/b', VersionId='HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD', **B)
