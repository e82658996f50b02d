"""Buckets: names, Regions, owners, lists; by path and by host."""
from s3_calls import *

# Names and what CreateBucket answers.
made = s3.create_bucket(Bucket='first')
expect('200 /first arn:aws:s3:::first', made['ResponseMetadata']['HTTPStatusCode'], made['Location'], made['BucketArn'])
expect('/first', s3.create_bucket(Bucket='first')['Location'])  # us-east-1 takes the second for none
for name in ('ab', 'Upper', 'under_score', '-dash', 'dot..dot', '10.0.0.1', 'xn--a', 'a-s3alias', 'x' * 64):
    status, _, body = signed('PUT', f'/{name}')[4]()
    equal((name, code((status, {}, body))), (name, '400 InvalidBucketName'))

# Regions.
oregon = boto3.client('s3', endpoint_url=endpoint, region_name='us-west-2', config=quiet)
fails('IllegalLocationConstraintException',
      'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
      oregon.create_bucket, Bucket='second')
expect('http://second.s3.amazonaws.com/',
       oregon.create_bucket(Bucket='second', CreateBucketConfiguration={'LocationConstraint': 'us-west-2'})['Location'])
fails('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.',
      oregon.create_bucket, Bucket='second', CreateBucketConfiguration={'LocationConstraint': 'us-west-2'})
fails('InvalidLocationConstraint', 'The specified location-constraint is not valid',
      s3.create_bucket, Bucket='third', CreateBucketConfiguration={'LocationConstraint': 'us-east-1'})
s3.create_bucket(Bucket='europe', CreateBucketConfiguration={'LocationConstraint': 'EU'})
ireland = boto3.client('s3', endpoint_url=endpoint, region_name='eu-west-1', config=quiet)
expect('EU', ireland.get_bucket_location(Bucket='europe')['LocationConstraint'])
expect('None', s3.get_bucket_location(Bucket='first')['LocationConstraint'])
expect('us-west-2', oregon.head_bucket(Bucket='second')['BucketRegion'])
# A signature for another Region is refused with the right one, from which boto3 learns it.
equal(code(signed('GET', '/second')[4]()), '400 AuthorizationHeaderMalformed')
assert b"the region 'us-east-1' is wrong; expecting 'us-west-2'" in signed('GET', '/second')[4]()[2]

# Lists.
shown = s3.list_buckets()
expect("['europe', 'first', 'second']", [b['Name'] for b in shown['Buckets']])
assert 'BucketRegion' not in shown['Buckets'][0] and len(shown['Owner']['ID']) == 64
page = s3.list_buckets(MaxBuckets=2)
expect("['europe', 'first'] eu-west-1", [b['Name'] for b in page['Buckets']], page['Buckets'][0]['BucketRegion'])
expect("['second']", [b['Name'] for b in s3.list_buckets(ContinuationToken=page['ContinuationToken'])['Buckets']])
fails('InvalidArgument', 'Argument value eu-east-1 is not a valid AWS Region', s3.list_buckets, BucketRegion='eu-east-1')

# Other accounts: neither in lists nor to be had.
other = client('s3', key='111122223333')
expect('[]', other.list_buckets()['Buckets'])
fails('BucketAlreadyExists', 'The requested bucket name is not available. The bucket namespace is shared by all users of the system. '
      'Select a different name and try again.', other.create_bucket, Bucket='first')
fails('AccessDenied', 'Access Denied', other.list_objects_v2, Bucket='first')
fails('AccessDenied', 'Access Denied', s3.list_objects_v2, Bucket='first', ExpectedBucketOwner='111122223333')
fails('InvalidBucketOwnerAWSAccountID', 'The value of the expected bucket owner parameter must be an AWS Account ID... [x]',
      s3.list_objects_v2, Bucket='first', ExpectedBucketOwner='x')

# By host.
port = endpoint.rsplit(':', 1)[1]
for host in ('first.s3.localhost', 'first.localhost', 'first.s3.us-east-1.localhost'):
    equal((host, signed('HEAD', '/', host=f'{host}:{port}')[4]()[0]), (host, 200))
equal(signed('GET', '/', host=f's3.localhost:{port}')[4]()[0], 200)
equal(code(signed('GET', '/', host=f'none.localhost:{port}')[4]()), '404 NoSuchBucket')

# The end.
s3.put_object(Bucket='first', Key='k', Body=b'x')
fails('BucketNotEmpty', 'The bucket you tried to delete is not empty', s3.delete_bucket, Bucket='first')
s3.delete_object(Bucket='first', Key='k')
equal(s3.delete_bucket(Bucket='first')['ResponseMetadata']['HTTPStatusCode'], 204)
fails('404', 'Not Found', s3.head_bucket, Bucket='first')
fails('NoSuchBucket', 'The specified bucket does not exist', s3.get_object, Bucket='first', Key='k')

# What is not there is refused by its name.
equal(code(signed('GET', '/europe?session', region='eu-west-1')[4]()), '501 NotImplemented')
equal(code(signed('PATCH', '/europe', region='eu-west-1')[4]()), '405 MethodNotAllowed')
