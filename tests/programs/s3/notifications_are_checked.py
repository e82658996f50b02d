"""PutBucketNotificationConfiguration: what S3 takes, what it refuses, and what it shows."""
from event_calls import *

INVALID = 'InvalidArgument'
NONE = 'Unable to validate the following destination configurations'
s3.create_bucket(Bucket='inbox')
iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
for name in ('one', 'two'):
    function(name)
let_s3('one')
let_s3('one', 'other', 'other')
shown = lambda: {k: v for k, v in s3.get_bucket_notification_configuration(Bucket='inbox').items() if k != 'ResponseMetadata'}
equal(shown(), {})


def members(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except Exception as error:
        return {k: v for k, v in error.response['Error'].items() if k not in ('Code', 'Message')}


# Destinations.
fails(INVALID, NONE, notify, rule('none', 'ObjectCreated:*'))
equal(members(notify, rule('none', 'ObjectCreated:*'), rule('one', 'ObjectTagging:*'), rule('two', 'ObjectRemoved:*')), {
    'ArgumentName1': f'{arn_of("none")}, null', 'ArgumentValue1': f'Not authorized to invoke function [{arn_of("none")}]',
    'ArgumentName2': f'{arn_of("two")}, null', 'ArgumentValue2': f'Not authorized to invoke function [{arn_of("two")}]'})
lam.add_permission(FunctionName='two', StatementId='a', Action='lambda:InvokeFunction', Principal='s3.amazonaws.com', SourceAccount='111122223333')
fails(INVALID, NONE, notify, rule('two', 'ObjectCreated:*'))
fails(INVALID, 'The notification destination service region is not valid for the bucket location constraint', notify,
      {'LambdaFunctionArn': arn_of('one', 'eu-west-1'), 'Events': ['s3:ObjectCreated:*']})
for arn in ('none', 'arn:aws:sqs:us-east-1:444455556666:q'):
    bad = {'LambdaFunctionArn': arn, 'Events': ['s3:ObjectCreated:*']}
    fails(INVALID, 'The ARN could not be parsed', notify, bad, rule('none', 'ObjectRemoved:*'), SkipDestinationValidation=True)
    equal(members(notify, bad), {'ArgumentName': 'CloudFunction', 'ArgumentValue': arn})
equal(shown(), {})

# Without a check.
notify(rule('none', 'ObjectCreated:Put', Id='x'), SkipDestinationValidation=True)
equal(shown(), {'LambdaFunctionConfigurations': [{'Id': 'x', 'LambdaFunctionArn': arn_of('none'), 'Events': ['s3:ObjectCreated:Put']}]})
s3.put_object(Bucket='inbox', Key='k', Body=b'')  # the event is lost

# Documents.
MALFORMED = 'The XML you provided was not well-formed or did not validate against our published schema'
fails(INVALID, 'The event is not supported for notifications', notify, rule('one', 'ObjectEaten:*'))
fails(INVALID, 'filter rule name must be either prefix or suffix', notify,
      rule('one', 'ObjectCreated:*', Filter={'Key': {'FilterRules': [{'Name': 'INVALID', 'Value': 'x'}]}}))
fails('MalformedXML', MALFORMED, notify, rule('one', 'ObjectCreated:*', Filter={'Key': {'FilterRules': [{'Name': 'prefix'}]}}))
fails('MalformedXML', MALFORMED, notify, rule('one'))
fails(INVALID, 'Cannot specify more than one prefix rule in a filter.', notify,
      rule('one', 'ObjectCreated:*', Filter={'Key': {'FilterRules': [{'Name': n, 'Value': 'x'} for n in ('prefix', 'Prefix')]}}))
fails(INVALID, 'Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation', notify, rule('one', 'ObjectCreated:*', prefix='é' * 513))
fails(INVALID, 'Same ID used for multiple configurations. IDs must be unique', notify,
      rule('one', 'ObjectCreated:Put', Id='a'), rule('one', 'ObjectRemoved:*', Id='a'))

# Rules that overlap.
AMBIGUOUS = ('Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the '
             'same event type.')
fails(INVALID, 'Configurations overlap. Configurations on the same bucket cannot share a common event type.', notify,
      rule('one', 'ObjectCreated:*'), rule('one', 'ObjectCreated:Put'))
for one, other in ((dict(prefix='images/'), dict(prefix='images/a')), (dict(suffix='jpg'), dict(suffix='.jpg')), (dict(prefix='a'), {}),
                   (dict(prefix='a', suffix='b'), dict(prefix='ab', suffix='cb'))):
    fails(INVALID, AMBIGUOUS, notify, rule('one', 'ObjectCreated:*', **one), rule('one', 'ObjectCreated:Copy', **other))
notify(rule('one', 'ObjectCreated:Put', 'ObjectRemoved:Delete', prefix='a/', suffix='.jpg', Id='1'), rule('one', 'ObjectCreated:*', prefix='a/', suffix='.png', Id='2'),
       rule('one', 'ObjectCreated:Copy', prefix='', suffix='.jpg', Id='3'))
equal([(c['Id'], c['Events'], c['Filter']['Key']['FilterRules']) for c in shown()['LambdaFunctionConfigurations']], [
    ('1', ['s3:ObjectCreated:Put', 's3:ObjectRemoved:Delete'], [{'Name': 'Prefix', 'Value': 'a/'}, {'Name': 'Suffix', 'Value': '.jpg'}]),
    ('2', ['s3:ObjectCreated:*'], [{'Name': 'Prefix', 'Value': 'a/'}, {'Name': 'Suffix', 'Value': '.png'}]),
    ('3', ['s3:ObjectCreated:Copy'], [{'Name': 'Prefix', 'Value': ''}, {'Name': 'Suffix', 'Value': '.jpg'}])])
notify(rule('one', 'ObjectCreated:*'))
assert shown()['LambdaFunctionConfigurations'][0]['Id']

# A version has a policy of its own, and a permission that is gone stops the events.
lam.get_waiter('function_active_v2').wait(FunctionName='one', WaiterConfig={'Delay': 0.05})
lam.publish_version(FunctionName='one')
qualified = {'LambdaFunctionArn': arn_of('one:1'), 'Events': ['s3:ObjectCreated:*']}
fails(INVALID, NONE, notify, qualified)
let_s3('one', sid='v', Qualifier='1')
notify(qualified)
s3.put_object(Bucket='inbox', Key='first', Body=b'')
equal(records('one')[0]['s3']['object']['key'], 'first')
lam.remove_permission(FunctionName='one', StatementId='v', Qualifier='1')
s3.put_object(Bucket='inbox', Key='lost', Body=b'')
let_s3('two', sid='b')
notify(rule('two', 'ObjectCreated:*'))
s3.put_object(Bucket='inbox', Key='last', Body=b'')
equal(records('two')[0]['s3']['object']['key'], 'last')
equal(len(invocations('one')), 1)

# Destinations that are not here, and who may do this.
for kind, name in (('Queue', 'sqs'), ('Topic', 'sns')):
    fails('NotImplemented', begins(f'Daybreak does not implement Amazon {name.upper()} as a destination of the events of a bucket, unless'),
          s3.put_bucket_notification_configuration, Bucket='inbox', NotificationConfiguration={
              f'{kind}Configurations': [{f'{kind}Arn': f'arn:aws:{name}:us-east-1:{A}:x', 'Events': ['s3:ObjectCreated:*']}]})
fails('NotImplemented', 'Daybreak does not implement Amazon EventBridge as a destination of the events of a bucket.',
      s3.put_bucket_notification_configuration, Bucket='inbox', NotificationConfiguration={'EventBridgeConfiguration': {}})
key = user('u')
nobody = client('s3', key['AccessKeyId'], key['SecretAccessKey'])
fails('AccessDenied', begins(f'User: arn:aws:iam::{A}:user/u is not authorized to perform: s3:PutBucketNotification on'),
      nobody.put_bucket_notification_configuration, Bucket='inbox', NotificationConfiguration={})
fails('AccessDenied', begins(f'User: arn:aws:iam::{A}:user/u is not authorized to perform: s3:GetBucketNotification on'),
      nobody.get_bucket_notification_configuration, Bucket='inbox')
s3.put_bucket_notification_configuration(Bucket='inbox', NotificationConfiguration={})
equal(shown(), {})
