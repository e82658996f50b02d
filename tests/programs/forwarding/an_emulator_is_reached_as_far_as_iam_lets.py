from calls import *
import io

admin = {name: client(name) for name in ('sqs', 'sns', 'events', 'dynamodb', 's3', 'ses')}

# SQS, whose queue's URL leads back here
queue = admin['sqs'].create_queue(QueueName='orders')['QueueUrl']
equal(queue == os.environ['AWS_ENDPOINT_URL'].rstrip('/') + '/444455556666/orders', True)
admin['sqs'].create_queue(QueueName='others')
admin['sqs'].send_message(QueueUrl=queue, MessageBody='by the administrator')

iam.create_user(UserName='clerk')
key = iam.create_access_key(UserName='clerk')['AccessKey']
clerk = {name: client(name, key['AccessKeyId'], key['SecretAccessKey']) for name in admin}
iam.put_user_policy(
    UserName='clerk',
    PolicyName='p',
    PolicyDocument=document(
        allow('sqs:ReceiveMessage', 'arn:aws:sqs:us-east-1:444455556666:orders'),
        allow('s3:GetObject', 'arn:aws:s3:::files/*'),
        allow('dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:444455556666:table/t'),
    ),
)
expect('by the administrator', clerk['sqs'].receive_message(QueueUrl=queue)['Messages'][0]['Body'])
who = 'User: arn:aws:iam::444455556666:user/clerk is not authorized to perform: '
because = ' because no identity-based policy allows the '
fails(
    'AccessDeniedException',
    f'{who}sqs:sendmessage on resource: arn:aws:sqs:us-east-1:444455556666:orders{because}sqs:sendmessage action',
    clerk['sqs'].send_message,
    QueueUrl=queue,
    MessageBody='x',
)
fails(
    'AccessDeniedException',
    f'{who}sqs:receivemessage on resource: arn:aws:sqs:us-east-1:444455556666:others{because}sqs:receivemessage action',
    clerk['sqs'].receive_message,
    QueueUrl=queue.replace('orders', 'others'),
)

# SNS
topic = admin['sns'].create_topic(Name='news')['TopicArn']
expect('arn:aws:sns:us-east-1:444455556666:news', topic)
admin['sns'].publish(TopicArn=topic, Message='m')
fails(
    'AuthorizationError',
    f'{who}SNS:Publish on resource: {topic}{because}SNS:Publish action'.replace('SNS:', 'sns:'),
    clerk['sns'].publish,
    TopicArn=topic,
    Message='m',
)

# S3: large bodies, whatever checksum botocore adds, listings and copies
admin['s3'].create_bucket(Bucket='files')
large = os.urandom(3_000_000)
admin['s3'].put_object(Bucket='files', Key='a b/large', Body=io.BytesIO(large))
equal(admin['s3'].get_object(Bucket='files', Key='a b/large')['Body'].read() == large, True)
admin['s3'].copy_object(Bucket='files', Key='large', CopySource={'Bucket': 'files', 'Key': 'a b/large'})
equal([one['Key'] for one in admin['s3'].list_objects_v2(Bucket='files')['Contents']], ['a b/large', 'large'])
equal(clerk['s3'].get_object(Bucket='files', Key='large')['Body'].read() == large, True)
fails(
    'AccessDenied',
    f'{who}s3:PutObject on resource: "arn:aws:s3:::files/mine"{because}s3:PutObject action',
    clerk['s3'].put_object,
    Bucket='files',
    Key='mine',
    Body=b'x',
)
fails(
    'AccessDenied',
    f'{who}s3:ListBucket on resource: "arn:aws:s3:::files"{because}s3:ListBucket action',
    clerk['s3'].list_objects_v2,
    Bucket='files',
)
import botocore.config
signer = boto3.client(
    's3',
    endpoint_url=os.environ['AWS_ENDPOINT_URL'],
    aws_access_key_id=key['AccessKeyId'],
    aws_secret_access_key=key['SecretAccessKey'],
    config=botocore.config.Config(signature_version='s3v4'),
)
address = signer.generate_presigned_url('get_object', Params=dict(Bucket='files', Key='large'))
import urllib.request
equal(urllib.request.urlopen(address).read() == large, True)
fails('NoSuchKey', 'The specified key does not exist.', admin['s3'].get_object, Bucket='files', Key='none')

# DynamoDB
admin['dynamodb'].create_table(
    TableName='t',
    KeySchema=[dict(AttributeName='k', KeyType='HASH')],
    AttributeDefinitions=[dict(AttributeName='k', AttributeType='S')],
    BillingMode='PAY_PER_REQUEST',
)
admin['dynamodb'].put_item(TableName='t', Item={'k': {'S': '1'}})
equal(clerk['dynamodb'].get_item(TableName='t', Key={'k': {'S': '1'}})['Item'], {'k': {'S': '1'}})
table = 'arn:aws:dynamodb:us-east-1:444455556666:table/t'
fails(
    'AccessDeniedException',
    f'{who}dynamodb:PutItem on resource: {table}{because}dynamodb:PutItem action',
    clerk['dynamodb'].put_item,
    TableName='t',
    Item={'k': {'S': '2'}},
)

# EventBridge and SES
expect('0', admin['events'].put_events(Entries=[dict(Source='s', DetailType='d', Detail='{}')])['FailedEntryCount'])
bus = 'arn:aws:events:us-east-1:444455556666:event-bus/default'
fails(
    'AccessDeniedException',
    f'{who}events:PutEvents on resource: {bus}{because}events:PutEvents action',
    clerk['events'].put_events,
    Entries=[dict(Source='s', DetailType='d', Detail='{}')],
)
admin['ses'].verify_email_identity(EmailAddress='a@example.com')
fails(
    'AccessDenied',
    f'{who}ses:SendEmail on resource: arn:aws:ses:us-east-1:444455556666:identity/example.com{because}ses:SendEmail action',
    clerk['ses'].send_email,
    Source='a@example.com',
    Destination={'ToAddresses': ['b@example.com']},
    Message={'Subject': {'Data': 's'}, 'Body': {'Text': {'Data': 't'}}},
)

# A role's session acts as the role, and its token stays here.
iam.create_role(RoleName='reader', AssumeRolePolicyDocument=trust({'AWS': '444455556666'}))
iam.put_role_policy(RoleName='reader', PolicyName='p', PolicyDocument=document(allow('sqs:GetQueueAttributes')))
session = sts.assume_role(RoleArn='arn:aws:iam::444455556666:role/reader', RoleSessionName='session')['Credentials']
attributes = client('sqs', credentials=session).get_queue_attributes(QueueUrl=queue, AttributeNames=['QueueArn'])
expect('arn:aws:sqs:us-east-1:444455556666:orders', attributes['Attributes']['QueueArn'])
