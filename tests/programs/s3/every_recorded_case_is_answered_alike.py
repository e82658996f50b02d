"""Asks what was asked of the real S3, and prints the answers."""
from event_calls import *
from s3_calls import *
import base64, re, time, xml.etree.ElementTree
from botocore import handlers
from botocore.config import Config

r, e = {}, {}
west = boto3.client('s3', region_name='us-east-2', endpoint_url=endpoint, config=quiet)
B = dict(Bucket='recorded')
CRC32 = dict(ChecksumAlgorithm='CRC32')
SHOWN = dict(ChecksumMode='ENABLED')


def ask(call, **more):
    """The answer as boto3 has it, with its body."""
    def whole(**more):
        got = call(**more)
        return {**got, 'Body': got['Body'].read().decode(errors='replace')} if 'Body' in got else got
    return outcome(whole, **more)


def fault(answer):
    """A raw answer as boto3 would have it."""
    status, _, body = answer
    root = xml.etree.ElementTree.fromstring(body)
    return {'Error': {child.tag: child.text for child in root}, 'ResponseMetadata': {'HTTPStatusCode': status}}


# Buckets.
r['create_bucket_us_east_1'] = ask(s3.create_bucket, **B)
r['create_bucket_again_us_east_1'] = ask(s3.create_bucket, **B)
there = dict(Bucket='recorded-there', CreateBucketConfiguration={'LocationConstraint': 'us-east-2'})
r['create_bucket_other_region'] = ask(west.create_bucket, **there)
e['bucket_owned'] = ask(west.create_bucket, **there)
e['location_unspecified'] = ask(west.create_bucket, Bucket='recorded-unspecified')
e['location_us_east_1'] = ask(s3.create_bucket, Bucket='recorded-x', CreateBucketConfiguration={'LocationConstraint': 'us-east-1'})
e['invalid_bucket_name'] = fault(signed('PUT', '/Recorded')[4]())
r['head_bucket'] = ask(s3.head_bucket, **B)
r['head_bucket_headers'] = s3.head_bucket(**B)['ResponseMetadata']['HTTPHeaders']
r['get_location_us_east_1'] = ask(s3.get_bucket_location, **B)
r['list_buckets_page'] = ask(s3.list_buckets, MaxBuckets=1)
e['no_such_bucket'] = ask(s3.get_object, Bucket='recorded-none', Key='x')
e['expected_owner'] = ask(s3.get_object, Key='x', ExpectedBucketOwner='000000000000', **B)

# Settings of a new bucket, and what is not set.
r['ownership_default'] = ask(s3.get_bucket_ownership_controls, **B)
r['public_access_default'] = ask(s3.get_public_access_block, **B)
r['encryption_default'] = ask(s3.get_bucket_encryption, **B)
r['versioning_never_set'] = ask(s3.get_bucket_versioning, **B)
r['notification_none'] = ask(s3.get_bucket_notification_configuration, **B)
e['no_tag_set'] = ask(s3.get_bucket_tagging, **B)
e['no_policy'] = ask(s3.get_bucket_policy, **B)
e['no_cors'] = ask(s3.get_bucket_cors, **B)
e['no_lifecycle'] = ask(s3.get_bucket_lifecycle_configuration, **B)
e['no_website'] = ask(s3.get_bucket_website, **B)
e['no_object_lock'] = ask(s3.get_object_lock_configuration, **B)
e['versioning_lower_case'] = ask(s3.put_bucket_versioning, VersioningConfiguration={'Status': 'enabled'}, **B)
e['policy_not_json'] = ask(s3.put_bucket_policy, Policy='not json', **B)
r['put_bucket_tags'] = ask(s3.put_bucket_tagging, Tagging={'TagSet': [{'Key': 'a', 'Value': 'b'}]}, **B)
s3.delete_public_access_block(**B)
s3.delete_bucket_ownership_controls(**B)
e['no_public_access_block'] = ask(s3.get_public_access_block, **B)
e['no_ownership_controls'] = ask(s3.get_bucket_ownership_controls, **B)
policy = document(dict(Effect='Allow', Principal={'AWS': '*'}, Action='s3:GetObject', Resource='arn:aws:s3:::recorded/*'))
r['put_bucket_policy'] = ask(s3.put_bucket_policy, Policy=policy, **B)
r['bucket_policy'] = ask(s3.get_bucket_policy, **B)
r['bucket_policy']['Policy'] = json.loads(r['bucket_policy']['Policy'])
s3.delete_bucket_policy(**B)
e['notification_arn'] = ask(s3.put_bucket_notification_configuration, NotificationConfiguration={
    'LambdaFunctionConfigurations': [{'LambdaFunctionArn': 'invalid-queue', 'Events': ['s3:ObjectCreated:*']}]}, **B)
lost = rule('my-lambda', 'ObjectCreated:*', Id='id123')
e['notification_lambda_permission'] = outcome(notify, lost, bucket='recorded')
e['notification_rule_name'] = outcome(notify, {**lost, 'Filter': {'Key': {'FilterRules': [{'Name': 'INVALID', 'Value': 'x'}]}}}, bucket='recorded')
e['notification_rule_empty'] = outcome(notify, {**lost, 'Filter': {'Key': {'FilterRules': [{'Name': 'prefix'}]}}}, bucket='recorded')
notify(lost, bucket='recorded', SkipDestinationValidation=True)
r['notification_lambda_skip'] = ask(s3.get_bucket_notification_configuration, **B)
s3.put_bucket_notification_configuration(NotificationConfiguration={}, **B)

# Objects.
r['put_object'] = ask(s3.put_object, Key='empty', Body=b'', **B, **CRC32)
s3.put_object(Key='with-headers', Body=b'abc123', CacheControl='no-cache', ContentDisposition='attachment; filename="foo.jpg"',
              ContentLanguage='de', **B, **CRC32)
told = s3.get_object(Key='with-headers', **B, **SHOWN)['ResponseMetadata']
r['get_object_headers'] = {**told, 'ChecksumAlgorithm': next((n[15:] for n in told['HTTPHeaders'] if n.startswith('x-amz-checksum-c')), None)}
s3.put_object(Key='digits', Body=b'0123456789', **B, **CRC32)
for name, asked in (('get_object', 'bytes=1-0'), ('get_range', 'bytes=0-8'), ('get_range_suffix_long', 'bytes=-15'), ('get_range_multiple', 'bytes=0-1,3-4')):
    r[name] = ask(s3.get_object, Key='digits', Range=asked, **B, **SHOWN)
e['range'] = ask(s3.get_object, Key='digits', Range='bytes=100-200', **B)
s3.put_object(Key='overridden', Body=b'something', **B, **CRC32)
r['get_overrides'] = ask(
    s3.get_object, Key='overridden', ResponseCacheControl='max-age=74', ResponseContentDisposition='attachment; filename="foo.jpg"',
    ResponseContentEncoding='identity', ResponseContentLanguage='de-DE', ResponseContentType='image/jpeg',
    ResponseExpires='Wed, 21 Oct 2015 07:28:00 GMT', **B, **SHOWN)
r['get_overrides'].setdefault('ExpiresString', 'Wed, 21 Oct 2015 07:28:00 GMT')  # older clients do not have it
s3.put_object(Key='headed', Body=b'abcdefgh', **B)
r['head_object'] = ask(s3.head_object, Key='headed', **B)
e['no_such_key'] = ask(s3.get_object, Key='my-key', **B)
e['head_no_such_key'] = ask(s3.head_object, Key='my-key', **B)
s3.put_object(Key='test-delete', Body=b'test-delete', **B)
r['delete_object'] = ask(s3.delete_object, Key='empty', **B)
r['delete_object_missing'] = ask(s3.delete_object, Key='empty', **B)
r['delete_objects'] = ask(s3.delete_objects, Delete={'Objects': [{'Key': k} for k in ('a-wrong-key', 'c-wrong-key', 'test-delete')]}, **B)
foreign = dict(Key='test-delete', VersionId='HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD')
r['delete_objects_wrong_version'] = ask(s3.delete_objects, Delete={'Objects': [foreign]}, **B)
e['version_invalid'] = ask(s3.get_object, **foreign, **B)
r['copy_object'] = ask(s3.copy_object, Key='copied', CopySource='recorded/overridden', MetadataDirective='REPLACE', **B)
r['object_attributes'] = ask(s3.get_object_attributes, Key='digits', ObjectAttributes=['Checksum', 'ETag', 'ObjectSize', 'StorageClass', 'ObjectParts'], **B)
e['copy_in_place'] = ask(s3.copy_object, Key='digits', CopySource='recorded/digits', **B)
r['put_object_tags'] = ask(s3.put_object_tagging, Key='digits', Tagging={'TagSet': [{'Key': 'a', 'Value': 'b'}]}, **B)
e['bucket_not_empty'] = ask(s3.delete_bucket, **B)

# Conditions.
etag = s3.head_object(Key='digits', **B)['ETag']
e['if_match'] = ask(s3.get_object, Key='digits', IfMatch='"x"', **B)
e['if_none_match_get'] = ask(s3.get_object, Key='digits', IfNoneMatch=etag, **B)
e['put_if_none_match'] = ask(s3.put_object, Key='digits', IfNoneMatch='*', **B)
e['put_if_match'] = ask(s3.put_object, Key='digits', IfMatch='"x"', **B)
e['put_if_match_missing'] = ask(s3.put_object, Key='test-precondition', IfMatch='"x"', **B)
e['put_both_conditions'] = ask(s3.put_object, Key='digits', IfMatch=etag, IfNoneMatch='*', **B)
e['copy_source_if_match'] = ask(s3.copy_object, Key='copied', CopySource='recorded/digits', CopySourceIfMatch='"x"', **B)

# Checksums.
signed('PUT', '/recorded/plain', b'hello world')[4]()
r['checksum_none_sent'] = ask(s3.head_object, Key='plain', **B, **SHOWN)
zipped_body = bytes(41)
s3.put_object(Key='gz', Body=zipped_body, ContentEncoding='gzip', ChecksumAlgorithm='SHA256', **B)
r['checksum_content_encoding'] = {**ask(s3.get_object, Key='gz', **B, **SHOWN), 'Body': ''}
e['md5_invalid'] = ask(s3.put_object, Key='sum', Body=b'x', ContentMD5='__invalid__', **B)
e['checksum_invalid'] = ask(s3.put_object, Key='sum', Body=b'x', ChecksumCRC32='!!!', **B)
e['checksum_mismatch'] = ask(s3.put_object, Key='sum', Body=b'x', ChecksumCRC32='AAAAAA==', **B)

# Multipart uploads.
M = dict(Bucket='recorded', Key='test-list-parts')
r['create_multipart'] = ask(s3.create_multipart_upload, **M)
upload = r['create_multipart']['UploadId']
r['list_uploads'] = ask(s3.list_multipart_uploads, **B)
r['upload_part'] = ask(s3.upload_part, UploadId=upload, PartNumber=1, Body=b'data', **M, **CRC32)
tiny = {'PartNumber': 1, 'ETag': r['upload_part']['ETag']}


def complete(upload, *parts, of=M, **more):
    return ask(s3.complete_multipart_upload, UploadId=upload, MultipartUpload={'Parts': list(parts)}, **of, **more)


second = {'PartNumber': 2, 'ETag': tiny['ETag']}
e['part_missing'] = complete(upload, tiny, second)
s3.upload_part(UploadId=upload, PartNumber=2, Body=b'data', **M, **CRC32)
e['part_order'] = complete(upload, second, tiny)
e['part_too_small'] = complete(upload, tiny, second)
r['complete_multipart'] = complete(upload, tiny)
e['no_such_upload'] = ask(s3.abort_multipart_upload, UploadId='fakeid', **M)
e['checksum_algorithm'] = ask(s3.create_multipart_upload, ChecksumAlgorithm='invalid', **M)
e['checksum_composite_crc64'] = ask(s3.create_multipart_upload, ChecksumAlgorithm='CRC64NVME', ChecksumType='COMPOSITE', **M)
C = dict(Bucket='recorded', Key='test-multipart-checksum')
piece = b'test content 123' * 327681
for name, algorithm, kind in (('complete_composite', 'SHA256', 'COMPOSITE'), ('complete_full_object', 'CRC32', 'FULL_OBJECT')):
    upload = s3.create_multipart_upload(ChecksumAlgorithm=algorithm, ChecksumType=kind, **C)['UploadId']
    if algorithm == 'SHA256':
        e['checksum_part_type'] = ask(s3.upload_part, UploadId=upload, PartNumber=1, Body=b'x', **C, **CRC32)
    sent = [s3.upload_part(UploadId=upload, PartNumber=n, Body=body, ChecksumAlgorithm=algorithm, **C) for n, body in ((1, piece), (2, piece), (3, b'x'))]
    named = [{'PartNumber': n + 1, 'ETag': one['ETag']} for n, one in enumerate(sent)]
    if algorithm == 'SHA256':
        e['checksum_part_missing'] = complete(upload, *named, of=C)
    summed = [{**part, f'Checksum{algorithm}': one[f'Checksum{algorithm}']} for part, one in zip(named, sent)]
    r[name] = complete(upload, *summed, of=C, ChecksumType=kind)
P = dict(Bucket='recorded', Key='two-parts')
upload = s3.create_multipart_upload(**P)['UploadId']
named = [{'PartNumber': n, 'ETag': signed('PUT', f'/recorded/two-parts?partNumber={n}&uploadId={upload}', body)[4]()[1]['etag']}
         for n, body in ((1, piece), (2, b'test content 123'))]
complete(upload, *named, of=P)
r['get_part'] = ask(s3.get_object, PartNumber=2, **P)
s3.put_object(Key='one-part', Body=b'test-123', **B, **CRC32)
r['get_part_single'] = ask(s3.get_object, Key='one-part', PartNumber=1, **B, **SHOWN)
upload = s3.create_multipart_upload(**P)['UploadId']
r['upload_part_copy'] = ask(s3.upload_part_copy, UploadId=upload, PartNumber=1, CopySource='recorded/digits', CopySourceRange='bytes=0-8', **P)
s3.abort_multipart_upload(UploadId=upload, **P)
D = dict(Bucket='recorded', Key='test-precondition')
s3.put_object(Body=b'x', **D)
upload = s3.create_multipart_upload(**D)['UploadId']
part = {'PartNumber': 1, 'ETag': s3.upload_part(UploadId=upload, PartNumber=1, Body=b'x', **D)['ETag']}
s3.delete_object(**D)
e['complete_conflict'] = complete(upload, part, of=D, IfNoneMatch='*')

# Lists.
L = dict(Bucket='recorded-lists')
s3.create_bucket(**L)
for key in ('folder/aSubfolder/x', 'folder/file', 'test/bar/foo/123', 'test/foo/bar/123'):
    s3.put_object(Key=key, Body=b'content 123', **L, **CRC32)
r['list_v1'] = ask(s3.list_objects, MaxKeys=1, Marker='folder/file', **L)
r['list_v1_delimiter'] = ask(s3.list_objects, MaxKeys=1, Prefix='folder/', Delimiter='/', **L)
r['list_v2_delimiter'] = ask(s3.list_objects_v2, MaxKeys=1, Prefix='test/', Delimiter='/', **L)
e['list_token'] = ask(s3.list_objects_v2, ContinuationToken='invented', **L)
e['list_encoding'] = ask(s3.list_objects_v2, EncodingType='value', **L)
S = dict(Bucket='recorded-dates')
s3.create_bucket(**S)
for month in ('02', '03', '05', '07'):
    s3.put_object(Key=f'date=2026-{month}-01/', Body=b'', **S, **CRC32)
undecoded = client('s3')
undecoded.meta.events.unregister('after-call.s3.ListObjectsV2', handlers.decode_list_object_v2)
r['list_v2_start_after_encoded'] = ask(undecoded.list_objects_v2, MaxKeys=2, StartAfter='date=2026-02-01/', EncodingType='url', **S)

# Versions.
V = dict(Bucket='recorded-versions')
K = dict(Bucket='recorded-versions', Key='test-delete')
s3.create_bucket(**V)
s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Suspended'}, **V)
r['versioning_suspended'] = ask(s3.get_bucket_versioning, **V)
s3.put_object(Body=b'test-version-suspended', **K, **CRC32)
r['get_suspended'] = ask(s3.get_object, **K, **SHOWN)
s3.delete_object(VersionId='null', **K)
s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Enabled'}, **V)
version = s3.put_object(Body=b'test-delete', **K, **CRC32)['VersionId']
r['delete_marker_created'] = ask(s3.delete_object, **K)
marker = s3.delete_object(**K)['VersionId']
e['delete_marker_get'] = ask(s3.get_object, VersionId=marker, **K)
r['list_versions'] = ask(s3.list_object_versions, Prefix='test-delete', **V)
r['delete_marker_deleted'] = ask(s3.delete_object, VersionId=marker, **K)
s3.delete_object(VersionId=version, **K)
e['version_missing'] = ask(s3.get_object, VersionId=version, **K)
r['delete_objects_versioned'] = ask(s3.delete_objects, Delete={'Objects': [{'Key': k} for k in ('test-delete', 'wrongkey', 'wrongkey-x')]}, **V)
e['bucket_not_empty_versions'] = ask(s3.delete_bucket, **V)

# Presigned URLs.
signers = {v: boto3.client('s3', endpoint_url=endpoint, config=Config(signature_version=v)) for v in ('s3v4', 's3')}
urls = {v: signer.generate_presigned_url('get_object', Params=dict(Key='digits', **B), ExpiresIn=2) for v, signer in signers.items()}
v4 = signers['s3v4'].generate_presigned_url('get_object', Params=dict(Key='digits', **B))[len(endpoint):]
e['presigned_signature_v4'] = fault(raw('GET', v4.replace('digits', 'digit')))
e['presigned_missing_v4'] = fault(raw('GET', re.sub('&X-Amz-Signature=[0-9a-f]*', '', v4)))
e['presigned_unsigned_header'] = fault(raw('GET', v4, headers={'x-amz-expires': '1'}))
for version, url in urls.items():
    while (answer := raw('GET', url[len(endpoint):]))[0] == 200:
        time.sleep(0.1)
    e['presigned_expired_' + {'s3v4': 'v4', 's3': 'v2'}[version]] = fault(answer)

# Events.
s3.create_bucket(Bucket='inbox')
iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
function('told')
let_s3('told')
notify(rule('told', 'ObjectCreated:*', 'ObjectRemoved:*', 'ObjectTagging:*'))
I = dict(Bucket='inbox')
steps = {
    'event_put': lambda: s3.put_object(Key='my_key_0', Body=b'something', **I),
    'event_key_encoding': lambda: s3.put_object(Key='a@b', Body=b'something', **I),
    'event_tagging': lambda: s3.put_object_tagging(Key='a@b', Tagging={'TagSet': []}, **I),
    'event_removed': lambda: s3.delete_object(Key='a@b', **I),
    'event_delete_marker': lambda: s3.delete_object(Key='test-key', **I),
}
seen = 0
for name, step in steps.items():
    if name == 'event_delete_marker':
        s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Enabled'}, **I)
    step()
    one, = invocations('told', 1, after=seen)
    seen = one['number']
    r[name] = one['payload']['Records'][0]
print(json.dumps({'responses': r, 'errors': e}))
