from calls import *
import time

logs = client('logs')
g = dict(logGroupName='events')
logs.create_log_group(**g)
for s in 'one', 'two':
    logs.create_log_stream(logStreamName=s, **g)
now = int(time.time() * 1000)
put = lambda stream, *events: logs.put_log_events(
    logStreamName=stream, logEvents=[dict(timestamp=t, message=m) for t, m in events], **g)
error = lambda stream, *events: outcome(put, stream, *events)['Error']

# GetLogEvents walks to the end and back, and the end is a token that comes again.
put('one', *[(now - 1000 + i, f'line {i}') for i in range(10)])
get = lambda **more: logs.get_log_events(logStreamName='one', **g, **more)
text = lambda page: [int(e['message'].split()[1]) for e in page['events']]
tail = get(limit=3)
assert text(tail) == [7, 8, 9]
back = get(limit=3, nextToken=tail['nextBackwardToken'])
assert text(back) == [4, 5, 6]
forth = get(limit=5, nextToken=back['nextForwardToken'], startFromHead=True)
assert text(forth) == [7, 8, 9]
end = get(nextToken=forth['nextForwardToken'], startFromHead=True)
assert end['events'] == [] and end['nextForwardToken'] == forth['nextForwardToken']
assert text(get(limit=2, nextToken=end['nextBackwardToken'])) == [8, 9]
assert text(get(startFromHead=True, limit=2)) == [0, 1]
assert text(get(startTime=now - 998, endTime=now - 996)) == [2, 3]
put('one', (now - 500, 'line 10'))
assert text(get(nextToken=end['nextForwardToken'], startFromHead=True)) == [10]

# FilterLogEvents merges streams by time; ids are the same each time.
put('two', (now - 998, 'other 2'), (now - 996, 'other 4'))
found = logs.filter_log_events(startTime=now - 998, endTime=now - 996, **g)
assert [e['message'] for e in found['events']] == ['line 2', 'other 2', 'line 3', 'line 4', 'other 4'], found
assert found['searchedLogStreams'] == [] and 'nextToken' not in found
again = logs.filter_log_events(startTime=now - 998, endTime=now - 996, limit=2, **g)
rest = logs.filter_log_events(startTime=now - 998, endTime=now - 996, nextToken=again['nextToken'], **g)
assert [e['eventId'] for e in again['events'] + rest['events']] == [e['eventId'] for e in found['events']]
assert all(len(e['eventId']) == 56 for e in found['events'])
named = lambda **more: [e['message'] for e in logs.filter_log_events(**g, **more)['events']]
assert named(logStreamNames=['two']) == named(logStreamNamePrefix='tw') == ['other 2', 'other 4']
assert named(filterPattern='"line 3"') == ['line 3'] and named(filterPattern='?"other 2" ?"line 9"') == ['other 2', 'line 9']

# What PutLogEvents refuses, and what it leaves out.
day = 24 * 60 * 60 * 1000
assert error('one', (now - day - 1, 'a'), (now, 'b'))['Message'] == (
    'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
assert error('one', (now, 'x' * (1024 * 1024 - 25)))['Message'] == 'Upload too large: 1048577 bytes exceeds limit of 1048576'
assert error('one', *[(now, 'x')] * 10001)['Code'] == 'InvalidParameterException'
assert error('one', (now, ''))['Code'] == error('one')['Code'] == 'InvalidParameterException'
assert put('one', (now - 15 * day, 'old'))['rejectedLogEventsInfo'] == {'tooOldLogEventEndIndex': 1}
answer = put('two', (now, 'now'), (now + 3 * 3600 * 1000, 'later'))
assert answer['rejectedLogEventsInfo'] == {'tooNewLogEventStartIndex': 1} and len(answer['nextSequenceToken']) == 56
logs.put_retention_policy(retentionInDays=1, **g)
answer = put('two', (now - day - 60000, 'expired'), (now - 60000, 'fresh'))
assert answer['rejectedLogEventsInfo'] == {'expiredLogEventEndIndex': 1}, answer
assert named(logStreamNames=['two']) == ['other 2', 'other 4', 'now', 'fresh'] or 'fresh' in named(logStreamNames=['two'])

# Every text comes back as it was: the longest, NUL, other control characters, every plane.
strange = ['x' * (1024 * 1024 - 26), 'a\0b\x1b[0m\u2028', '\U0001F600\uFFFD', ' spaces \n\n']
logs.create_log_stream(logStreamName='strange', **g)
for i, message in enumerate(strange):
    put('strange', (now + i, message))
got, token = [], None
while True:
    page = logs.get_log_events(logStreamName='strange', startFromHead=True, **g, **({'nextToken': token} if token else {}))
    if page['nextForwardToken'] == token:
        break
    got, token = got + [e['message'] for e in page['events']], page['nextForwardToken']
assert got == strange

tested = logs.test_metric_filter(filterPattern='{ $.status >= 500 }', logEventMessages=['{"status": 404}', 'no', '{"status": 503}'])
assert tested['matches'] == [dict(eventNumber=3, eventMessage='{"status": 503}', extractedValues={'$.status': '503'})], tested
assert outcome(logs.filter_log_events, filterPattern='{ $.a', **g)['Error']['Code'] == 'InvalidParameterException'
