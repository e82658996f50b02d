from calls import *

logs = client('logs')
arn = 'arn:aws:logs:us-east-1:444455556666:log-group:'
logs.create_log_group(logGroupName='/app/one', tags={'team': 'a'})
assert logs.list_tags_for_resource(resourceArn=arn + '/app/one')['tags'] == {'team': 'a'}
logs.tag_resource(resourceArn=arn + '/app/one', tags={'stage': 'test'})
logs.tag_log_group(logGroupName='/app/one', tags={'team': 'b'})
assert logs.list_tags_log_group(logGroupName='/app/one')['tags'] == {'stage': 'test', 'team': 'b'}
logs.untag_resource(resourceArn=arn + '/app/one', tagKeys=['team'])
logs.untag_log_group(logGroupName='/app/one', tags=['stage', 'none'])
assert logs.list_tags_log_group(logGroupName='/app/one')['tags'] == {}

logs.put_retention_policy(logGroupName='/app/one', retentionInDays=7)
assert logs.describe_log_groups(logGroupNamePrefix='/app/one')['logGroups'][0]['retentionInDays'] == 7
logs.delete_retention_policy(logGroupName='/app/one')
assert 'retentionInDays' not in logs.describe_log_groups(logGroupNamePrefix='/app/one')['logGroups'][0]
assert outcome(logs.put_retention_policy, logGroupName='/app/one', retentionInDays=2)['Error']['Code'] == 'InvalidParameterException'

for i in range(7):
    logs.create_log_group(logGroupName=f'/page/{i}')
pages = [[g['logGroupName'] for g in p['logGroups']] for p in logs.get_paginator('describe_log_groups').paginate(
    logGroupNamePrefix='/page/', PaginationConfig={'PageSize': 3})]
assert pages == [['/page/0', '/page/1', '/page/2'], ['/page/3', '/page/4', '/page/5'], ['/page/6']], pages
brief = logs.describe_log_groups(logGroupNamePattern='age/3')['logGroups']
assert [g['logGroupName'] for g in brief] == ['/page/3'] and 'storedBytes' not in brief[0]
fails('InvalidParameterException', 'The specified nextToken is invalid.', logs.describe_log_groups, nextToken='?')

for name, at in ('a', 3), ('b', 1), ('c', 2):
    logs.create_log_stream(logGroupName='/app/one', logStreamName=name)
    if name != 'b':
        import time
        logs.put_log_events(logGroupName='/app/one', logStreamName=name, logEvents=[dict(timestamp=int(time.time() * 1000) + at, message='m')])
names = lambda **more: [s['logStreamName'] for p in logs.get_paginator('describe_log_streams').paginate(
    logGroupName='/app/one', PaginationConfig={'PageSize': 2}, **more) for s in p['logStreams']]
assert names() == ['a', 'b', 'c'] and names(descending=True) == ['c', 'b', 'a']
assert sorted(names(orderBy='LastEventTime')) == ['a', 'b', 'c'] and names(orderBy='LastEventTime')[0] == 'b'
assert names(orderBy='LastEventTime', descending=True)[2] == 'b' and names(logStreamNamePrefix='c') == ['c']
stream = logs.describe_log_streams(logGroupName='/app/one')['logStreams'][0]
assert stream['arn'] == arn + '/app/one:log-stream:a' and stream['firstEventTimestamp'] == stream['lastEventTimestamp']
logs.delete_log_stream(logGroupName='/app/one', logStreamName='a')
fails('ResourceNotFoundException', 'The specified log stream does not exist.', logs.delete_log_stream, logGroupName='/app/one', logStreamName='a')
assert [e['logStreamName'] for e in logs.filter_log_events(logGroupName='/app/one')['events']] == ['c']

logs.create_log_group(logGroupName='/app/kept', deletionProtectionEnabled=True)
assert outcome(logs.delete_log_group, logGroupName='/app/kept')['Error']['Code'] == 'ValidationException'
logs.put_log_group_deletion_protection(logGroupIdentifier=arn + '/app/kept', deletionProtectionEnabled=False)
for name in ['/app/kept', '/app/one'] + [f'/page/{i}' for i in range(7)]:
    logs.delete_log_group(logGroupName=name)
fails('ResourceNotFoundException', 'The specified log group does not exist.', logs.delete_log_group, logGroupName='/app/one')
refused = outcome(logs.put_subscription_filter, logGroupName='g', filterName='f', filterPattern='', destinationArn='arn:aws:lambda:us-east-1:1:function:f')
assert refused['Error'] == {'Code': 'NotImplemented', 'Message': 'Daybreak does not implement the operation PutSubscriptionFilter of logs.'}, refused
