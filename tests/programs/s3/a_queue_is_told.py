"""A bucket whose events go to a queue, which requests for SQS go on to, and an object."""
from event_calls import *

s3.create_bucket(Bucket='inbox')
s3.put_bucket_notification_configuration(Bucket='inbox', NotificationConfiguration={
    'QueueConfigurations': [{'QueueArn': f'arn:aws:sqs:us-east-1:{A}:q', 'Events': ['s3:ObjectCreated:*']}]})
s3.put_object(Bucket='inbox', Key='k', Body=b'1')
