from calls import *
import base64, io, re, time, zipfile

logs, lam = client('logs'), client('lambda')
code = '''
import sys
def handler(event, context):
    print("hello", context.log_stream_name)
    sys.stdout.buffer.write(b"\\xff\\x00 bytes\\nno end"); sys.stdout.flush()
    if event.get("lines"):
        sys.stdout.write("".join(f"line {i} of many\\n" for i in range(event["lines"])))
    return context.aws_request_id
'''
package = io.BytesIO()
with zipfile.ZipFile(package, 'w') as z:
    file = zipfile.ZipInfo('h.py')
    file.external_attr = 0o644 << 16
    z.writestr(file, code)


def role(name, *statements):
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))['Role']['Arn']
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName='p', PolicyDocument=document(*statements))
    return arn


def function(name, role, **more):
    lam.create_function(FunctionName=name, Runtime='python3.12', Handler='h.handler', Role=role, Timeout=60, Code={'ZipFile': package.getvalue()}, **more)
    lam.get_waiter('function_active_v2').wait(FunctionName=name)


def invoke(name, **event):
    answer = lam.invoke(FunctionName=name, LogType='Tail', Payload=json.dumps(event))
    assert 'FunctionError' not in answer, answer['Payload'].read()
    return json.loads(answer['Payload'].read())


def until(find):
    while not (found := find()):  # a line is stored after the answer, by a few milliseconds
        time.sleep(0.01)
    return found


def events(group):
    found = [e for p in logs.get_paginator('filter_log_events').paginate(logGroupName=group) for e in p['events']]
    return found if any(e['message'].startswith('REPORT') for e in found) else None


may = allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])
function('talker', role('talks', may))
before = time.time()
id = invoke('talker')
found = until(lambda: 'talker' in str(logs.describe_log_groups()['logGroups']) and events('/aws/lambda/talker'))
stream = found[0]['logStreamName']
assert re.fullmatch(r'\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}', stream), stream
messages = [e['message'] for e in found]
start = messages.index(f'START RequestId: {id} Version: $LATEST\n')
assert messages[0].startswith('INIT_START Runtime Version: ')
assert messages[start + 1:start + 5] == [f'hello {stream}\n', '\ufffd\0 bytes\n', 'no end', f'END RequestId: {id}\n'], messages
assert re.match(rf'REPORT RequestId: {id}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t', messages[start + 5])
assert all(before * 1000 - 60000 < e['timestamp'] <= time.time() * 1000 + 1 for e in found)

# 100,000 lines are all there, in their order, in the stream of the same environment.
count = 100_000
invoke('talker', lines=count)
lines = until(lambda: (m := [e['message'] for e in (events('/aws/lambda/talker') or []) if 'of many' in e['message']]) and len(m) == count and m)
assert lines == [f'line {i} of many\n' for i in range(count)] or lines[0] == 'no endline 0 of many\n' and lines[1:] == [f'line {i} of many\n' for i in range(1, count)]
assert [s['logStreamName'] for s in logs.describe_log_streams(logGroupName='/aws/lambda/talker')['logStreams']] == [stream]

# Without the permissions nothing is written, and the function works; with them it is, in the group that it names.
function('mute', role('mute'))
invoke('mute')
function('elsewhere', role('limited', allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:log-group:/custom/group:*')),
         LoggingConfig={'LogGroup': '/custom/group'})
invoke('elsewhere')
until(lambda: lam.get_function(FunctionName='elsewhere'))
assert not logs.describe_log_groups(logGroupNamePrefix='/aws/lambda/mute')['logGroups']
assert not logs.describe_log_groups(logGroupNamePrefix='/custom/')['logGroups']  # the role may not make it
logs.create_log_group(logGroupName='/custom/group')
invoke('elsewhere')
found = until(lambda: events('/custom/group'))
assert re.fullmatch(r'\d{4}/\d\d/\d\d/elsewhere\[\$LATEST\]\[[0-9a-f]{32}\]', found[0]['logStreamName']), found[0]

lam.publish_version(FunctionName='talker')
lam.get_waiter('published_version_active').wait(FunctionName='talker', Qualifier='1')
lam.invoke(FunctionName='talker', Qualifier='1', Payload='{}')
until(lambda: [s for s in logs.describe_log_streams(logGroupName='/aws/lambda/talker')['logStreams'] if '/[1]' in s['logStreamName']])
