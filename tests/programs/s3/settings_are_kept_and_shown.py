"""The settings of a bucket: what a new one has, what S3 refuses, what is shown, and what is left after a deletion."""
from s3_calls import *

B = dict(Bucket='settings')
MALFORMED = 'The XML you provided was not well-formed or did not validate against our published schema'
s3.create_bucket(**B)


def plain(call, **more):
    return {k: v for k, v in call(**B, **more).items() if k != 'ResponseMetadata'}


def missing(code, text, call):
    equal(fails(code, text, call, **B), 404)


# A new bucket.
allowed = dict.fromkeys(('BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'), True)
equal(plain(s3.get_public_access_block), {'PublicAccessBlockConfiguration': allowed})
equal(plain(s3.get_bucket_ownership_controls)['OwnershipControls'], {'Rules': [{'ObjectOwnership': 'BucketOwnerEnforced'}]})
standard = {'Rules': [{'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': 'AES256'}, 'BucketKeyEnabled': False}]}
equal(plain(s3.get_bucket_encryption)['ServerSideEncryptionConfiguration'], standard)
owner = plain(s3.get_bucket_acl)
equal(owner['Grants'], [{'Grantee': {'ID': owner['Owner']['ID'], 'Type': 'CanonicalUser'}, 'Permission': 'FULL_CONTROL'}])
equal(plain(s3.get_bucket_request_payment), {'Payer': 'BucketOwner'})
for call in (s3.get_bucket_logging, s3.get_bucket_accelerate_configuration):
    equal(plain(call), {})
missing('NoSuchTagSet', 'The TagSet does not exist', s3.get_bucket_tagging)
missing('NoSuchBucketPolicy', 'The bucket policy does not exist', s3.get_bucket_policy)
missing('NoSuchBucketPolicy', 'The bucket policy does not exist', s3.get_bucket_policy_status)
missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist', s3.get_bucket_cors)
missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', s3.get_bucket_lifecycle_configuration)
missing('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration', s3.get_bucket_website)
missing('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', s3.get_bucket_replication)
missing('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket', s3.get_object_lock_configuration)
for call in (s3.delete_bucket_tagging, s3.delete_bucket_policy, s3.delete_bucket_cors, s3.delete_bucket_lifecycle, s3.delete_bucket_website,
             s3.delete_bucket_replication):
    equal(call(**B)['ResponseMetadata']['HTTPStatusCode'], 204)
fails('NotImplemented', begins('Daybreak does not implement the operation PutBucketWebsite of s3'), s3.put_bucket_website,
      WebsiteConfiguration={'IndexDocument': {'Suffix': 'i'}}, **B)

# Tags.
tags = lambda *pairs: dict(Tagging={'TagSet': [{'Key': k, 'Value': v} for k, v in pairs]}, **B)
equal(s3.put_bucket_tagging(**tags(('a', 'b'), ('c', '')))['ResponseMetadata']['HTTPStatusCode'], 204)
equal(plain(s3.get_bucket_tagging)['TagSet'], [{'Key': 'a', 'Value': 'b'}, {'Key': 'c', 'Value': ''}])
fails('InvalidTag', 'Cannot provide multiple Tags with the same key', s3.put_bucket_tagging, **tags(('a', 'b'), ('a', 'c')))
fails('InvalidTag', 'System tags cannot be added/updated by requester', s3.put_bucket_tagging, **tags(('aws:a', 'b')))
s3.delete_bucket_tagging(**B)
missing('NoSuchTagSet', 'The TagSet does not exist', s3.get_bucket_tagging)

# Encryption, which objects take over.
rule = lambda **default: dict(ServerSideEncryptionConfiguration={'Rules': [{'ApplyServerSideEncryptionByDefault': default}]}, **B)
fails('InvalidArgument', 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      s3.put_bucket_encryption, **rule(SSEAlgorithm='AES256', KMSMasterKeyID='k'))
fails('MalformedXML', MALFORMED, s3.put_bucket_encryption, **rule(SSEAlgorithm='rot13'))
s3.put_bucket_encryption(**rule(SSEAlgorithm='AES256'))
equal(s3.put_object(Key='k', Body=b'', **B)['ServerSideEncryption'], 'AES256')
s3.delete_bucket_encryption(**B)
equal(plain(s3.get_bucket_encryption)['ServerSideEncryptionConfiguration'], standard)

# Public access, and owners.
s3.put_public_access_block(PublicAccessBlockConfiguration={'BlockPublicAcls': True}, **B)
equal(plain(s3.get_public_access_block)['PublicAccessBlockConfiguration'], {**dict.fromkeys(allowed, False), 'BlockPublicAcls': True})
s3.delete_public_access_block(**B)
missing('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', s3.get_public_access_block)
own = lambda value: dict(OwnershipControls={'Rules': [{'ObjectOwnership': value}]}, **B)
fails('MalformedXML', MALFORMED, s3.put_bucket_ownership_controls, **own('Nobody'))
s3.put_bucket_ownership_controls(**own('BucketOwnerPreferred'))
equal(plain(s3.get_bucket_ownership_controls)['OwnershipControls'], {'Rules': [{'ObjectOwnership': 'BucketOwnerPreferred'}]})
s3.delete_bucket_ownership_controls(**B)
missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', s3.get_bucket_ownership_controls)
s3.create_bucket(Bucket='of-writers', ObjectOwnership='ObjectWriter')
equal(s3.get_bucket_ownership_controls(Bucket='of-writers')['OwnershipControls']['Rules'][0]['ObjectOwnership'], 'ObjectWriter')

# Lifecycle.
INVALID = 'InvalidArgument'
put = lambda *rules: s3.put_bucket_lifecycle_configuration(LifecycleConfiguration={'Rules': list(rules)}, **B)
old = {'ID': 'old', 'Status': 'Enabled', 'Filter': {'And': {'Prefix': 'p/', 'Tags': [{'Key': 'a', 'Value': 'b'}]}}, 'Expiration': {'Days': 3},
       'NoncurrentVersionExpiration': {'NoncurrentDays': 2}}
put(old, {'Status': 'Disabled', 'Filter': {'Prefix': ''}, 'Transitions': [{'Days': 0, 'StorageClass': 'GLACIER'}]})
shown = plain(s3.get_bucket_lifecycle_configuration)
equal(shown['Rules'][0], old)
assert shown['Rules'][1].pop('ID')
equal(shown['Rules'][1], {'Status': 'Disabled', 'Filter': {'Prefix': ''}, 'Transitions': [{'Days': 0, 'StorageClass': 'GLACIER'}]})
equal(signed('GET', '/settings?lifecycle')[4]()[1]['x-amz-transition-default-minimum-object-size'], 'all_storage_classes_128K')
fails('MalformedXML', MALFORMED, put, {**old, 'Status': 'On'})
fails(INVALID, 'Rule ID must be unique. Found same ID for more than one rule', put, old, old)
fails(INVALID, "'Days' for Expiration action must be a positive integer", put, {**old, 'Expiration': {'Days': 0}})
fails(INVALID, "'Date' must be at midnight GMT", put, {**old, 'Expiration': {'Date': '2030-01-01T01:00:00Z'}})
fails('InvalidRequest', 'Duplicate Tag Keys are not allowed.', put, {**old, 'Filter': {'And': {'Tags': [{'Key': 'a', 'Value': 'b'}] * 2}}})
s3.delete_bucket_lifecycle(**B)
missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', s3.get_bucket_lifecycle_configuration)
