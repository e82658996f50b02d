"""Bucket policies: their rules, what they grant and deny, and the block of public ones."""
from s3_calls import *
from lambda_calls import A, user

B = dict(Bucket='guarded')
ARN = 'arn:aws:s3:::guarded'
OTHER = '111122223333'
s3.create_bucket(**B)
s3.put_object(Key='k', Body=b'1', **B)
key = user('reader')
reader = client('s3', key['AccessKeyId'], key['SecretAccessKey'])
other = client('s3', OTHER)


def put(*statements, text=None):
    s3.put_bucket_policy(Policy=text or document(*statements), **B)


def says(principal='*', action='s3:GetObject', resource=f'{ARN}/*', effect='Allow', **more):
    return {'Effect': effect, 'Principal': principal, 'Action': action, 'Resource': resource, **more}


# Documents.
BAD = 'MalformedPolicy'
fails(BAD, "Policies must be valid JSON and the first byte must be '{'", put, text='no policy')
fails(BAD, 'Missing required field Statement', put, text='{"Version": "2012-10-17"}')
fails(BAD, 'Missing required field Principal', put, allow('s3:GetObject', f'{ARN}/*'))
fails(BAD, 'Policy has invalid resource', put, says({'AWS': OTHER}, resource='arn:aws:s3:::guarded-too/*'))
fails(BAD, 'Policy has invalid action', put, says({'AWS': OTHER}, 'lambda:InvokeFunction'))
fails(BAD, 'Invalid principal in policy', put, says({'AWS': f'arn:aws:iam::{A}:user/nobody'}))

# A user of the account, by its name; not of another one of the same name later.
denied = lambda: fails('AccessDenied', begins(f'User: arn:aws:iam::{A}:user/reader is not authorized to perform: s3:GetObject on'), reader.get_object, Key='k', **B)
denied()
mine = document(says({'AWS': f'arn:aws:iam::{A}:user/reader'}))
equal(s3.put_bucket_policy(Policy=mine, **B)['ResponseMetadata']['HTTPStatusCode'], 204)
equal(s3.get_bucket_policy(**B)['Policy'], mine)
equal(s3.get_bucket_policy_status(**B)['PolicyStatus'], {'IsPublic': False})
equal(reader.get_object(Key='k', **B)['Body'].read(), b'1')
fails('AccessDenied', begins(f'User: arn:aws:iam::{A}:user/reader is not authorized to perform: s3:PutObject on'), reader.put_object, Key='k', **B)
iam.delete_access_key(UserName='reader', AccessKeyId=key['AccessKeyId'])
iam.delete_user(UserName='reader')
key = user('reader')
reader = client('s3', key['AccessKeyId'], key['SecretAccessKey'])
denied()
assert 'AIDA' in s3.get_bucket_policy(**B)['Policy']

# A denial beats everything.
put(says({'AWS': A}, 's3:DeleteObject', effect='Deny'))
fails('AccessDenied', begins('User: ', 's3:DeleteObject', 'with an explicit deny in a resource-based policy'), s3.delete_object, Key='k', **B)

# Another account, whose own policies must allow it as well: its administrator's do.
fails('AccessDenied', 'Access Denied', other.get_object, Key='k', **B)
put(says({'AWS': OTHER}, ['s3:GetObject', 's3:ListBucket'], [ARN, f'{ARN}/*'], Condition={'StringEquals': {'aws:PrincipalAccount': OTHER}}))
equal(other.get_object(Key='k', **B)['Body'].read(), b'1')
equal(len(other.list_objects_v2(**B)['Contents']), 1)
fails('AccessDenied', 'Access Denied', other.put_object, Key='k', **B)

# Everybody, if the bucket may be public.
public = document(says())
fails('AccessDenied', begins('User: ', 's3:PutBucketPolicy', 'because public policies are blocked by the BlockPublicPolicy block public access setting.'),
      s3.put_bucket_policy, Policy=public, **B)
put(says(Condition={'IpAddress': {'aws:SourceIp': '127.0.0.0/8'}}))
equal(s3.get_bucket_policy_status(**B)['PolicyStatus'], {'IsPublic': False})
equal(raw('GET', '/guarded/k')[::2], (200, b'1'))
s3.put_public_access_block(PublicAccessBlockConfiguration={'BlockPublicAcls': True}, **B)
s3.put_bucket_policy(Policy=public, **B)
equal(s3.get_bucket_policy_status(**B)['PolicyStatus'], {'IsPublic': True})
equal(raw('GET', '/guarded/k')[::2], (200, b'1'))
equal(code(raw('PUT', '/guarded/k', b'x', {'content-length': '1'})), '403 AccessDenied')
s3.put_public_access_block(PublicAccessBlockConfiguration={'RestrictPublicBuckets': True}, **B)
equal(code(raw('GET', '/guarded/k')), '403 AccessDenied')
fails('AccessDenied', 'Access Denied', other.get_object, Key='k', **B)
equal(s3.get_object(Key='k', **B)['Body'].read(), b'1')
s3.delete_bucket_policy(**B)
fails('NoSuchBucketPolicy', 'The bucket policy does not exist', s3.get_bucket_policy, **B)
