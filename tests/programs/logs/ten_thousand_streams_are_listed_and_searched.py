from calls import *
import time
from concurrent.futures import ThreadPoolExecutor

STREAMS = 10_000
logs = boto3.client('logs', endpoint_url=os.environ['AWS_ENDPOINT_URL'], config=Config(max_pool_connections=8, retries={'max_attempts': 0}))
logs.create_log_group(logGroupName='many')
names = [f'{number:05}' for number in range(STREAMS)]
now = int(time.time() * 1000)


def fill(name):
    logs.create_log_stream(logGroupName='many', logStreamName=name)
    if int(name) % 10 == 0:
        logs.put_log_events(logGroupName='many', logStreamName=name, logEvents=[dict(timestamp=now + int(name), message=f'of {name}')])


with ThreadPoolExecutor(8) as pool:
    list(pool.map(fill, names))

listed = [stream for page in logs.get_paginator('describe_log_streams').paginate(logGroupName='many') for stream in page['logStreams']]
equal([stream['logStreamName'] for stream in listed], names)
last = logs.describe_log_streams(logGroupName='many', orderBy='LastEventTime', descending=True, limit=2)['logStreams']
equal([stream['logStreamName'] for stream in last], ['09990', '09980'])
found = [event for page in logs.get_paginator('filter_log_events').paginate(logGroupName='many') for event in page['events']]
equal([event['message'] for event in found], [f'of {name}' for name in names[::10]])
some = logs.filter_log_events(logGroupName='many', logStreamNamePrefix='0999')['events']
equal([event['message'] for event in some], ['of 09990'])
logs.delete_log_group(logGroupName='many')
equal(logs.describe_log_groups(logGroupNamePrefix='many')['logGroups'], [])
