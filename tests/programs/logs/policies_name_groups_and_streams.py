from calls import *
import time

root = client('logs')
root.create_log_group(logGroupName='mine')
root.create_log_group(logGroupName='other')
iam.create_user(UserName='writer')
logs = client('logs', credentials=iam.create_access_key(UserName='writer')['AccessKey'])
arn = 'arn:aws:logs:us-east-1:444455556666:log-group:'
denied = lambda action, resource: (
    'AccessDeniedException',
    f'User: arn:aws:iam::444455556666:user/writer is not authorized to perform: logs:{action} on resource: {resource} '
    f'because no identity-based policy allows the logs:{action} action',
)


def may(*statements):
    iam.put_user_policy(UserName='writer', PolicyName='p', PolicyDocument=document(*statements))


now = int(time.time() * 1000)
stream = dict(logGroupName='mine', logStreamName='s')
status = fails(*denied('CreateLogStream', arn + 'mine:log-stream:s'), logs.create_log_stream, **stream)
assert status == 400
may(allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:FilterLogEvents', 'logs:CreateLogGroup'], arn + 'mine:*'))
logs.create_log_stream(**stream)
logs.put_log_events(logEvents=[dict(timestamp=now, message='m')], **stream)
assert len(logs.filter_log_events(logGroupName='mine')['events']) == 1
assert len(logs.filter_log_events(logGroupIdentifier=arn + 'mine')['events']) == 1
fails(*denied('FilterLogEvents', arn + 'other:log-stream:'), logs.filter_log_events, logGroupName='other')
fails(*denied('GetLogEvents', arn + 'mine:log-stream:s'), logs.get_log_events, **stream)
fails(*denied('DescribeLogGroups', arn + ':log-stream:'), logs.describe_log_groups)
# The ARN of a group itself is for tags; everything else needs what follows it.
may(allow(['logs:ListTagsForResource', 'logs:DescribeLogStreams'], arn + 'mine'))
assert logs.list_tags_for_resource(resourceArn=arn + 'mine')['tags'] == {}
fails(*denied('DescribeLogStreams', arn + 'mine:log-stream:'), logs.describe_log_streams, logGroupName='mine')
may(allow('logs:CreateLogGroup'))
fails(*denied('TagResource', arn + 'tagged'), logs.create_log_group, logGroupName='tagged', tags={'a': 'b'})
logs.create_log_group(logGroupName='plain')
