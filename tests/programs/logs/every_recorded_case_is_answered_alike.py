from calls import *
import time

logs = client('logs')
r, e = {}, {}
for name in 'recorded-a', 'recorded-b', 'recorded-c':
    logs.create_log_group(logGroupName=name)
r['describe_log_groups'] = outcome(logs.describe_log_groups, logGroupNamePrefix='recorded-')
logs.create_log_stream(logGroupName='recorded-a', logStreamName='s')
r['describe_log_streams'] = outcome(logs.describe_log_streams, logGroupName='recorded-a')
now = int(time.time() * 1000)
e['group_duplicate'] = outcome(logs.create_log_group, logGroupName='recorded-a')
e['group_name_length'] = outcome(logs.create_log_group, logGroupName='g' * 513)
e['prefix_and_pattern'] = outcome(logs.describe_log_groups, logGroupNamePrefix='r', logGroupNamePattern='r')
e['stream_missing'] = outcome(logs.get_log_events, logGroupName='recorded-a', logStreamName='none')
e['stream_duplicate'] = outcome(logs.create_log_stream, logGroupName='recorded-a', logStreamName='s')
e['group_missing'] = outcome(logs.create_log_stream, logGroupName='none', logStreamName='s')
e['wrong_order'] = outcome(
    logs.put_log_events,
    logGroupName='recorded-a',
    logStreamName='s',
    logEvents=[dict(timestamp=now, message='second'), dict(timestamp=now - 1, message='first')],
)
e['get_invalid_token'] = outcome(logs.get_log_events, logGroupName='recorded-a', logStreamName='s', nextToken='nothing')
e['get_limit'] = outcome(logs.get_log_events, logGroupName='recorded-a', logStreamName='s', limit=10001)
e['filter_limit'] = outcome(logs.filter_log_events, logGroupName='recorded-a', limit=10001)
e['filter_token'] = outcome(logs.filter_log_events, logGroupName='recorded-a', nextToken='nothing')
arn = r['describe_log_groups']['logGroups'][0]['logGroupArn']
e['name_and_identifier'] = outcome(logs.describe_log_streams, logGroupName='recorded-a', logGroupIdentifier=arn)
print(json.dumps({'responses': r, 'errors': e}))
