"""The events of all operations, and what each says of its object."""
from event_calls import *

s3.create_bucket(Bucket='inbox')
iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
function('all')
let_s3('all')
notify(rule('all', 'ObjectCreated:*', 'ObjectRemoved:*', 'ObjectTagging:*', Id='all'))
B, K = dict(Bucket='inbox'), dict(Bucket='inbox', Key='k')


def put(body=b'1', **more):
    return s3.put_object(Body=body, **{**K, **more})


def told(count):
    """What the events of a step say, in the order of their requests."""
    global seen
    got = invocations('all', count, after=seen)
    seen = max(one['number'] for one in got)
    shown = []
    for one in got:
        record = one['payload']['Records'][0]
        of = record['s3']['object']
        sequencers.setdefault(of['key'], []).append(of.pop('sequencer', None))
        shown.append((record['eventName'], of))
    return sorted(shown, key=lambda x: (x[0], x[1]['key']))


seen, sequencers = 0, {}
etag = put()['ETag'].strip('"')
equal(told(1), [('ObjectCreated:Put', {'key': 'k', 'size': 1, 'eTag': etag})])
s3.copy_object(CopySource='inbox/k', Bucket='inbox', Key='copy')
equal(told(1), [('ObjectCreated:Copy', {'key': 'copy', 'size': 1, 'eTag': etag})])
upload = s3.create_multipart_upload(**K)['UploadId']
part = s3.upload_part(UploadId=upload, PartNumber=1, Body=b'23', **K)['ETag']
whole = s3.complete_multipart_upload(UploadId=upload, MultipartUpload={'Parts': [{'PartNumber': 1, 'ETag': part}]}, **K)['ETag'].strip('"')
equal(told(1), [('ObjectCreated:CompleteMultipartUpload', {'key': 'k', 'size': 2, 'eTag': whole})])
s3.put_object_tagging(Tagging={'TagSet': [{'Key': 'a', 'Value': 'b'}]}, **K)
equal(told(1), [('ObjectTagging:Put', {'key': 'k', 'eTag': whole})])
s3.delete_object_tagging(**K)
equal(told(1), [('ObjectTagging:Delete', {'key': 'k', 'eTag': whole})])
assert sequencers['k'][-1] is None
s3.delete_object(**K)
equal(told(1), [('ObjectRemoved:Delete', {'key': 'k'})])
s3.delete_object(**K)  # there is none
put(Key='x y')
equal(told(1)[0][1]['key'], 'x+y')
s3.delete_objects(Delete={'Objects': [{'Key': 'copy'}, {'Key': 'none'}, {'Key': 'x y'}]}, **B)
equal(told(2), [('ObjectRemoved:Delete', {'key': 'copy'}), ('ObjectRemoved:Delete', {'key': 'x+y'})])
for one in sequencers.values():
    named = [value for value in one if value]
    equal(named, sorted(named))

# With versions.
s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Enabled'}, **B)
version = put()['VersionId']
equal(told(1), [('ObjectCreated:Put', {'key': 'k', 'size': 1, 'eTag': etag, 'versionId': version})])
marker = s3.delete_object(**K)['VersionId']
equal(told(1), [('ObjectRemoved:DeleteMarkerCreated', {'key': 'k', 'eTag': 'd41d8cd98f00b204e9800998ecf8427e', 'versionId': marker})])
s3.delete_object(VersionId=marker, **K)
equal(told(1), [('ObjectRemoved:Delete', {'key': 'k', 'versionId': marker})])
s3.put_object_tagging(Tagging={'TagSet': []}, **K)
equal(told(1), [('ObjectTagging:Put', {'key': 'k', 'eTag': etag, 'versionId': version})])
s3.put_bucket_versioning(VersioningConfiguration={'Status': 'Suspended'}, **B)
put()
equal(told(1), [('ObjectCreated:Put', {'key': 'k', 'size': 1, 'eTag': etag})])

# By whom: a session of a role.
iam.create_role(RoleName='writer', AssumeRolePolicyDocument=trust({'AWS': A}))
iam.put_role_policy(RoleName='writer', PolicyName='p', PolicyDocument=document(allow('s3:PutObject')))
session = sts.assume_role(RoleArn=f'arn:aws:iam::{A}:role/writer', RoleSessionName='me')
client('s3', credentials=session['Credentials']).put_object(Body=b'1', **K)
record = invocations('all', 1, after=seen)[0]['payload']['Records'][0]
equal(record['userIdentity']['principalId'], f"AWS:{session['AssumedRoleUser']['AssumedRoleId']}")
