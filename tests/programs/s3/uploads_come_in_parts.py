"""Multipart uploads: parts in any order, their checksums, completions, lists, and what is refused."""
from s3_calls import *
import base64, zlib

s3.create_bucket(Bucket='parts')
B = dict(Bucket='parts')
MiB5 = 5 * 1024 * 1024
first, second, last = os.urandom(MiB5), os.urandom(MiB5 + 1), b'the end'
whole = first + second + last
K = dict(Bucket='parts', Key='k')


def part(upload, number, body, **more):
    return s3.upload_part(UploadId=upload, PartNumber=number, Body=body, **K, **more)


def complete(upload, *parts, **more):
    return s3.complete_multipart_upload(UploadId=upload, MultipartUpload={'Parts': list(parts)}, **K, **more)


# Parts in any order, one of them twice.
upload = s3.create_multipart_upload(ContentType='text/x', Metadata={'a': 'b'}, **K)['UploadId']
p3, p1 = part(upload, 30, last), part(upload, 1, b'replaced')
p1, p2 = part(upload, 1, first), part(upload, 2, second)
shown = s3.list_parts(UploadId=upload, MaxParts=2, **K)
expect('[1, 2] True 2', [p['PartNumber'] for p in shown['Parts']], shown['IsTruncated'], shown['NextPartNumberMarker'])
equal([p['Size'] for p in s3.list_parts(UploadId=upload, PartNumberMarker=2, **K)['Parts']], [len(last)])
expect(f"['k'] [] k", [u['Key'] for u in s3.list_multipart_uploads(**B)['Uploads']], s3.list_multipart_uploads(Prefix='x', **B).get('Uploads', []),
       s3.list_multipart_uploads(**B)['NextKeyMarker'])
fails('NoSuchKey', 'The specified key does not exist.', s3.get_object, **K)
named = [{'PartNumber': n, 'ETag': p['ETag']} for n, p in ((1, p1), (2, p2), (30, p3))]
fails('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.', complete, upload, named[1], named[0])
missing = ("One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match "
           "the part's entity tag.")
fails('InvalidPart', missing, complete, upload, {'PartNumber': 3, 'ETag': p1['ETag']})
fails('InvalidPart', missing, complete, upload, {'PartNumber': 1, 'ETag': p2['ETag']})
fails('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', complete, upload,
      *[{'PartNumber': n, 'ETag': part(upload, n, b'tiny')['ETag']} for n in (40, 41)])
fails('InvalidRequest', "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: " + str(len(whole)),
      complete, upload, *named, MpuObjectSize=5)
done = complete(upload, *named)
etag = hashlib.md5(b''.join(hashlib.md5(p).digest() for p in (first, second, last))).hexdigest()
expect(f'"{etag}-3" FULL_OBJECT', done['ETag'], done['ChecksumType'])
got = s3.get_object(ChecksumMode='ENABLED', **K)
assert got['Body'].read() == whole and (got['ContentType'], got['Metadata'], got['ChecksumCRC64NVME']) == ('text/x', {'a': 'b'}, done['ChecksumCRC64NVME'])
# The checksum of the whole is that of a single put.
equal(signed('PUT', '/parts/single', whole)[4]()[1]['x-amz-checksum-crc64nvme'], done['ChecksumCRC64NVME'])
equal(s3.get_object(Range=f'bytes={MiB5 - 2}-{MiB5 + 1}', **K)['Body'].read(), whole[MiB5 - 2:MiB5 + 2])
two = s3.get_object(PartNumber=2, **K)
expect(f'206 3 bytes {MiB5}-{2 * MiB5}/{len(whole)}', two['ResponseMetadata']['HTTPStatusCode'], two['PartsCount'], two['ContentRange'])
assert two['Body'].read() == second
fails('InvalidPartNumber', 'The requested partnumber is not satisfiable', s3.get_object, PartNumber=4, **K)
gone = 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.'
fails('NoSuchUpload', gone, part, upload, 1, b'')
fails('NoSuchUpload', gone, s3.abort_multipart_upload, UploadId='none', **K)
assert 'Uploads' not in s3.list_multipart_uploads(**B)

# Checksums of all kinds.
for algorithm, kind in (('CRC32', 'COMPOSITE'), ('CRC32', 'FULL_OBJECT'), ('CRC32C', 'FULL_OBJECT'), ('SHA1', 'COMPOSITE'), ('SHA256', 'COMPOSITE'), ('CRC64NVME', 'FULL_OBJECT')):
    made = s3.create_multipart_upload(ChecksumAlgorithm=algorithm, ChecksumType=kind, **K)
    upload = made['UploadId']
    if algorithm in ('CRC32C', 'CRC64NVME'):  # which need a library of Amazon's own
        target = lambda n: f'/parts/k?partNumber={n}&uploadId={upload}'
        sent = [signed('PUT', target(n), body)[4]() for n, body in ((1, first), (2, last))]
        done = complete(upload, *[{'PartNumber': n + 1, 'ETag': h['etag']} for n, (_, h, _) in enumerate(sent)])
    else:
        sent = [part(upload, n, body, ChecksumAlgorithm=algorithm) for n, body in ((1, first), (2, last))]
        done = complete(upload, *[{'PartNumber': n + 1, 'ETag': p['ETag'], f'Checksum{algorithm}': p[f'Checksum{algorithm}']} for n, p in enumerate(sent)])
    value = done[f'Checksum{algorithm}']
    if kind == 'COMPOSITE':
        h = {'CRC32': lambda d: zlib.crc32(d).to_bytes(4, 'big'), 'SHA1': lambda d: hashlib.sha1(d).digest(), 'SHA256': lambda d: hashlib.sha256(d).digest()}[algorithm]
        equal((algorithm, value), (algorithm, base64.b64encode(h(h(first) + h(last))).decode() + '-2'))
    else:
        equal((algorithm, value), (algorithm, signed('PUT', '/parts/single', first + last, {'x-amz-checksum-algorithm': algorithm})[4]()[1].get(f'x-amz-checksum-{algorithm.lower()}')
              if algorithm == 'CRC64NVME' else value))
        if algorithm == 'CRC32':
            equal(value, base64.b64encode(zlib.crc32(first + last).to_bytes(4, 'big')).decode())
    equal(s3.get_object_attributes(ObjectAttributes=['Checksum', 'ObjectParts', 'ETag'], **K)['Checksum'][f'Checksum{algorithm}'], value.split('-')[0])
fails('InvalidRequest', 'The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.',
      s3.create_multipart_upload, ChecksumAlgorithm='SHA256', ChecksumType='FULL_OBJECT', **K)
fails('InvalidRequest', 'The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.',
      s3.create_multipart_upload, ChecksumAlgorithm='CRC64NVME', ChecksumType='COMPOSITE', **K)
upload = s3.create_multipart_upload(ChecksumAlgorithm='SHA256', **K)['UploadId']
fails('InvalidRequest', 'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32', part, upload, 1, b'x',
      ChecksumAlgorithm='CRC32')
p = part(upload, 1, b'x', ChecksumAlgorithm='SHA256')
fails('InvalidRequest', 'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. '
      'It was missing for part 1 in the request.', complete, upload, {'PartNumber': 1, 'ETag': p['ETag']})
s3.abort_multipart_upload(UploadId=upload, **K)

# Conditions are judged at the end.
upload = s3.create_multipart_upload(**K)['UploadId']
p = part(upload, 1, b'x')
s3.delete_object(**K)
fails('ConditionalRequestConflict', 'The conditional request cannot succeed due to a conflicting operation against this resource.',
      complete, upload, {'PartNumber': 1, 'ETag': p['ETag']}, IfNoneMatch='*')
complete(upload, {'PartNumber': 1, 'ETag': p['ETag']})

# Copies of parts, and of what they made.
upload = s3.create_multipart_upload(Bucket='parts', Key='copy')['UploadId']
one = s3.upload_part_copy(Bucket='parts', Key='copy', UploadId=upload, PartNumber=1, CopySource='parts/single', CopySourceRange='bytes=0-8')
fails('InvalidRequest', 'The specified copy range is invalid for the source object size', s3.upload_part_copy, Bucket='parts', Key='copy', UploadId=upload,
      PartNumber=1, CopySource='parts/single', CopySourceRange='bytes=99999999-100000000')
s3.complete_multipart_upload(Bucket='parts', Key='copy', UploadId=upload,
                             MultipartUpload={'Parts': [{'PartNumber': 1, 'ETag': one['CopyPartResult']['ETag']}]})
equal(s3.get_object(Bucket='parts', Key='copy')['Body'].read(), s3.get_object(Bucket='parts', Key='single')['Body'].read()[:9])

# The aws CLI's own way of a large file.
for upload in s3.list_multipart_uploads(**B).get('Uploads', []):
    s3.abort_multipart_upload(Bucket='parts', Key=upload['Key'], UploadId=upload['UploadId'])
