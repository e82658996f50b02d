from calls import *
import time

logs = boto3.client('logs', endpoint_url=os.environ['AWS_ENDPOINT_URL'], config=Config(inject_host_prefix=False, parameter_validation=False))
arn = 'arn:aws:logs:us-east-1:444455556666:log-group:tailed'
logs.create_log_group(logGroupName='tailed')
for stream in 'one', 'two':
    logs.create_log_stream(logGroupName='tailed', logStreamName=stream)
put = lambda stream, *messages: logs.put_log_events(
    logGroupName='tailed', logStreamName=stream, logEvents=[dict(timestamp=int(time.time() * 1000), message=m) for m in messages])
put('one', 'before')
tail = logs.start_live_tail(logGroupIdentifiers=[arn], logStreamNames=['one'], logEventFilterPattern='yes')['responseStream']
seen = iter(tail)
assert next(seen)['sessionStart']['logGroupIdentifiers'] == [arn]
put('one', 'yes 1', 'no 2', 'yes 3')
put('two', 'yes 4')
put('one', 'yes 5', 'yes ' + 'x' * 900_000)
got = []
while len(got) < 4:
    got += [e for e in next(seen)['sessionUpdate']['sessionResults']]
assert [e['message'][:5] for e in got] == ['yes 1', 'yes 3', 'yes 5', 'yes x'], got
assert {e['logStreamName'] for e in got} == {'one'} and got[0]['logGroupIdentifier'] == '444455556666:tailed'
update = next(seen)['sessionUpdate']  # a sign of life
assert update == {'sessionMetadata': {'sampled': False}, 'sessionResults': []}, update
tail.close()
fails('ResourceNotFoundException', 'The specified log group does not exist.', logs.start_live_tail, logGroupIdentifiers=[arn + 'none'])
