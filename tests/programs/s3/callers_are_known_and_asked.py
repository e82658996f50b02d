"""Signatures of S3's kind, and IAM's word on every request."""
from s3_calls import *

s3.create_bucket(Bucket='guarded')
s3.put_object(Bucket='guarded', Key='in/a', Body=b'a')

# Signatures.
equal(code(signed('GET', '/guarded', key='AKIAUNKNOWN')[4]()), '403 InvalidAccessKeyId')
status, _, body = signed('GET', '/guarded', secret='wrong')[4]()
text = body.decode()
assert status == 403 and all(f'<{name}>' in text for name in (
    'AWSAccessKeyId', 'StringToSign', 'SignatureProvided', 'StringToSignBytes', 'CanonicalRequest', 'CanonicalRequestBytes')), text
assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated'), text
equal(code(raw('GET', '/guarded')), '403 AccessDenied')
equal(code(raw('GET', '/guarded/in/a')), '403 AccessDenied')
equal(code(raw('PUT', '/guarded/in/a', b'x', {'content-length': '1'})), '403 AccessDenied')
equal(code(raw('GET', '/')), '403 AccessDenied')

# Headers that every answer has.
headers = signed('HEAD', '/guarded/in/a')[4]()[1]
assert len(headers['x-amz-request-id']) == 16 and headers['x-amz-id-2'] and headers['server'] == 'AmazonS3' and 'x-amzn-requestid' not in headers, headers

# IAM.
iam.create_user(UserName='reader')
key = iam.create_access_key(UserName='reader')['AccessKey']
reader = client('s3', key['AccessKeyId'], key['SecretAccessKey'])
arn = 'arn:aws:iam::444455556666:user/reader'
fails('AccessDenied', f'User: {arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::guarded/in/a" '
      'because no identity-based policy allows the s3:GetObject action', reader.get_object, Bucket='guarded', Key='in/a')
iam.put_user_policy(UserName='reader', PolicyName='p', PolicyDocument=document(
    allow('s3:GetObject', 'arn:aws:s3:::guarded/in/*'),
    allow('s3:ListBucket', 'arn:aws:s3:::guarded', Condition={'StringLike': {'s3:prefix': 'in/*'}})))
equal(reader.get_object(Bucket='guarded', Key='in/a')['Body'].read(), b'a')
equal(len(reader.list_objects_v2(Bucket='guarded', Prefix='in/')['Contents']), 1)
fails('AccessDenied', begins(f'User: {arn} is not authorized to perform: s3:ListBucket'), reader.list_objects_v2, Bucket='guarded')
# Whether a key exists learns only who may list the bucket.
fails('AccessDenied', begins(f'User: {arn} is not authorized to perform: s3:ListBucket'), reader.get_object, Bucket='guarded', Key='in/none')
fails('AccessDenied', begins(f'User: {arn} is not authorized to perform: s3:PutObject'), reader.put_object, Bucket='guarded', Key='in/a', Body=b'')
fails('AccessDenied', begins(f'User: {arn} is not authorized to perform: s3:DeleteObject'), reader.delete_object, Bucket='guarded', Key='in/a')
refused = reader.delete_objects(Bucket='guarded', Delete={'Objects': [{'Key': 'in/a'}]})
expect('AccessDenied', refused['Errors'][0]['Code'])
equal(s3.get_object(Bucket='guarded', Key='in/a')['Body'].read(), b'a')
