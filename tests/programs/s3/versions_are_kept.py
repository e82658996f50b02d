"""Versioning: versions, delete markers and their lists; suspended; tags; copies."""
from s3_calls import *

s3.create_bucket(Bucket='versions')
B, K = dict(Bucket='versions'), dict(Bucket='versions', Key='k')


def listed(**more):
    shown = s3.list_object_versions(**B, **more)
    return [(v['Key'], v['VersionId'], v['IsLatest']) for v in shown.get('Versions', [])], [(m['Key'], m['VersionId'], m['IsLatest']) for m in shown.get('DeleteMarkers', [])]


assert 'Status' not in s3.get_bucket_versioning(**B)
fails('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema',
      s3.put_bucket_versioning, VersioningConfiguration={'Status': 'enabled'}, **B)
assert 'VersionId' not in s3.put_object(Body=b'0', **K)
s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Enabled'}, **B)
expect('Enabled', s3.get_bucket_versioning(**B)['Status'])
one, two = s3.put_object(Body=b'1', **K)['VersionId'], s3.put_object(Body=b'2', **K)['VersionId']
assert len(one) == 32 and one != two
equal(listed(), ([('k', two, True), ('k', one, False), ('k', 'null', False)], []))
for version, body in (('null', b'0'), (one, b'1'), (two, b'2')):
    equal(s3.get_object(VersionId=version, **K)['Body'].read(), body)
expect(two, s3.get_object(**K)['VersionId'])

# A delete marker, and its end.
deleted = s3.delete_object(**K)
marker = deleted['VersionId']
assert deleted['DeleteMarker']
missing = signed('GET', '/versions/k')[4]()
expect('404 NoSuchKey true', code(missing), missing[1]['x-amz-delete-marker'])
equal(missing[1]['x-amz-version-id'], marker)
equal(fails('MethodNotAllowed', 'The specified method is not allowed against this resource.', s3.get_object, VersionId=marker, **K), 405)
assert 'Contents' not in s3.list_objects_v2(**B)
equal(listed()[1], [('k', marker, True)])
expect('True', s3.delete_object(VersionId=marker, **K)['DeleteMarker'])
equal(s3.get_object(**K)['Body'].read(), b'2')

# The latest version goes; the one before is the latest.
s3.delete_object(VersionId=two, **K)
equal(s3.get_object(**K)['Body'].read(), b'1')
fails('NoSuchVersion', 'The specified version does not exist.', s3.get_object, VersionId=two, **K)

# Suspended: what is put replaces the version "null".
s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Suspended'}, **B)
assert 'VersionId' not in s3.put_object(Body=b'3', **K)
expect('null', s3.get_object(**K)['VersionId'])
equal(listed(), ([('k', 'null', True), ('k', one, False)], []))
expect('null', s3.delete_object(**K)['VersionId'])
equal(listed(), ([('k', one, False)], [('k', 'null', True)]))
fails('BucketNotEmpty', 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.', s3.delete_bucket, **B)

# Pages of versions come to the whole list.
s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Enabled'}, **B)
for key in ('a/1', 'a/2', 'b', 'k', 'a/1', 'b'):
    s3.put_object(Bucket='versions', Key=key, Body=b'x')
whole = [(k, v) for k, v, _ in sorted(listed()[0] + listed()[1], key=lambda x: x[0])]
for size in (1, 2, 3):
    seen, more = [], {}
    while True:
        page = s3.list_object_versions(MaxKeys=size, **B, **more)
        seen += [(v['Key'], v['VersionId']) for v in page.get('Versions', []) + page.get('DeleteMarkers', [])]
        if not page['IsTruncated']:
            break
        more = dict(KeyMarker=page['NextKeyMarker'], VersionIdMarker=page['NextVersionIdMarker'])
    equal((size, sorted(seen)), (size, sorted(whole)))
expect("['a/']", [p['Prefix'] for p in s3.list_object_versions(Delimiter='/', **B)['CommonPrefixes']])
fails('InvalidArgument', 'A version-id marker cannot be specified without a key marker.', s3.list_object_versions, VersionIdMarker=one, **B)

# Tags.
T = dict(Bucket='versions', Key='t')
s3.put_object(Body=b'', Tagging='a=b&c=%20d', **T)
equal(s3.get_object_tagging(**T)['TagSet'], [{'Key': 'a', 'Value': 'b'}, {'Key': 'c', 'Value': ' d'}])
expect('2', s3.get_object(**T)['TagCount'])
version = s3.put_object_tagging(Tagging={'TagSet': [{'Key': 'x', 'Value': 'y'}]}, **T)['VersionId']
equal(s3.get_object_tagging(VersionId=version, **T)['TagSet'], [{'Key': 'x', 'Value': 'y'}])
equal(s3.delete_object_tagging(**T)['ResponseMetadata']['HTTPStatusCode'], 204)
equal(s3.get_object_tagging(**T)['TagSet'], [])
fails('InvalidTag', 'Cannot provide multiple Tags with the same key', s3.put_object_tagging, Tagging={'TagSet': [{'Key': 'x', 'Value': 'y'}] * 2}, **T)
fails('InvalidTag', 'Your TagKey cannot be prefixed with aws:', s3.put_object_tagging, Tagging={'TagSet': [{'Key': 'aws:x', 'Value': 'y'}]}, **T)
fails('InvalidArgument', "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      s3.put_object, Body=b'', Tagging='a=b&a=c', **T)

# Copies.
s3.put_object(Bucket='versions', Key='from', Body=b'body', ContentType='text/x', Metadata={'a': 'b'}, Tagging='t=u')
copied = s3.copy_object(CopySource={'Bucket': 'versions', 'Key': 'from'}, Bucket='versions', Key='to \u00e9')
expect(f'"{hashlib.md5(b"body").hexdigest()}"', copied['CopyObjectResult']['ETag'])
got = s3.get_object(Bucket='versions', Key='to \u00e9')
expect("b'body' text/x {'a': 'b'} 1", got['Body'].read(), got['ContentType'], got['Metadata'], got['TagCount'])
s3.copy_object(CopySource='versions/from', Bucket='versions', Key='to', MetadataDirective='REPLACE', TaggingDirective='REPLACE', ContentType='text/y')
got = s3.get_object(Bucket='versions', Key='to')
expect('text/y {} False', got['ContentType'], got['Metadata'], 'TagCount' in got)
illegal = ("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, "
           "website redirect location or encryption attributes.")
fails('InvalidRequest', illegal, s3.copy_object, CopySource='versions/from', Bucket='versions', Key='from')
s3.copy_object(CopySource='versions/from', Bucket='versions', Key='from', StorageClass='STANDARD')
fails('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', s3.copy_object, CopySource='versions/from',
      Bucket='versions', Key='to', CopySourceIfMatch='"x"')
fails('NoSuchKey', 'The specified key does not exist.', s3.copy_object, CopySource='versions/none', Bucket='versions', Key='to')
fails('NoSuchBucket', 'The specified bucket does not exist', s3.copy_object, CopySource='none/none', Bucket='versions', Key='to')
fails('InvalidRequest', 'The source of a copy request may not specifically refer to a delete marker by version id.', s3.copy_object,
      CopySource=f"versions/k?versionId={s3.delete_object(**K)['VersionId']}", Bucket='versions', Key='to')
