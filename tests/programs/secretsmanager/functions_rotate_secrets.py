from lambda_calls import *
import time, urllib.request, uuid

secrets = client('secretsmanager')
Service = 'secretsmanager.amazonaws.com'

# Does as AWS's templates do, and fails in the way and at the step that the description of the secret names.
CODE = '''
import boto3, os, time

def handler(event, context):
    print('STEP', event['Step'], sorted(event))
    secrets = boto3.client('secretsmanager')
    arn, token = event['SecretId'], event['ClientRequestToken']
    about = secrets.describe_secret(SecretId=arn)
    stages = about['VersionIdsToStages']
    if not about['RotationEnabled']:
        raise ValueError('not enabled')
    if about.get('Description', '').startswith(event['Step']):
        how = about['Description'].split()[1]
        if how == 'raises':
            raise ValueError('as told')
        if how == 'dies':
            os._exit(3)
        time.sleep(30)
    if 'AWSCURRENT' in stages[token]:
        return
    if 'AWSPENDING' not in stages[token]:
        raise ValueError('not pending')
    if event['Step'] == 'createSecret':
        try:
            secrets.get_secret_value(SecretId=arn, VersionId=token, VersionStage='AWSPENDING')
        except secrets.exceptions.ResourceNotFoundException:
            secrets.put_secret_value(SecretId=arn, ClientRequestToken=token, SecretString='made by ' + token, VersionStages=['AWSPENDING'])
    if event['Step'] == 'testSecret':
        print('VALUE', secrets.get_secret_value(SecretId=arn, VersionStage='AWSPENDING')['SecretString'])
    if event['Step'] == 'finishSecret':
        current = next(version for version in stages if 'AWSCURRENT' in stages[version])
        secrets.update_secret_version_stage(SecretId=arn, VersionStage='AWSCURRENT', MoveToVersionId=token, RemoveFromVersionId=current)
'''

iam.create_role(RoleName='rotator', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
iam.put_role_policy(RoleName='rotator', PolicyName='p', PolicyDocument=document(allow('secretsmanager:*'), allow('logs:*')))
arn = lam.create_function(
    FunctionName='rotator',
    Runtime='python3.12',
    Handler='f.handler',
    Role=f'arn:aws:iam::{A}:role/rotator',
    Timeout=5,
    Code={'ZipFile': zipped('f.py', CODE)},
)['FunctionArn']


def until(question):
    for _ in range(600):
        if answer := question():
            return answer
        time.sleep(0.1)
    raise AssertionError('it did not happen')


def advance(by):
    urllib.request.urlopen(urllib.request.Request(os.environ['AWS_ENDPOINT_URL'] + '/_daybreak/clock?advance=' + by, method='POST'))


def about(name):
    return secrets.describe_secret(SecretId=name)


def rotated(name, after=None):
    return until(lambda: (a := about(name)).get('LastRotatedDate') != after and a)


def value(name, stage='AWSCURRENT'):
    return secrets.get_secret_value(SecretId=name, VersionStage=stage)['SecretString']


def lines(text):
    events = client('logs').filter_log_events(logGroupName='/aws/lambda/rotator', filterPattern=f'"{text}"')['events']
    return [event['message'].strip() for event in events]


first = secrets.create_secret(Name='password', SecretString='first')
daily = dict(SecretId='password', RotationRules={'AutomaticallyAfterDays': 1})
fails(
    'InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.', secrets.rotate_secret, **daily
)
denied = (
    'AccessDeniedException',
    'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal '
    'secretsmanager.amazonaws.com.',
)
fails(*denied, secrets.rotate_secret, RotationLambdaARN=arn + '-none', **daily)
fails(*denied, secrets.rotate_secret, RotationLambdaARN=arn, **daily)
fails(*denied, secrets.rotate_secret, RotationLambdaARN='rotator', **daily)
lam.add_permission(FunctionName='rotator', StatementId='other', Action='lambda:InvokeFunction', Principal=Service, SourceArn=first['ARN'] + 'x')
fails(*denied, secrets.rotate_secret, RotationLambdaARN=arn, **daily)
lam.add_permission(FunctionName='rotator', StatementId='all', Action='lambda:InvokeFunction', Principal=Service, SourceAccount=A)
expect('False', 'RotationEnabled' in about('password'))

# Four steps, each after the one before; the version is there before it has a value.
asked = secrets.rotate_secret(RotationLambdaARN=arn, **daily)
expect(f"{first['ARN']} password True", asked['ARN'], asked['Name'], len(asked['VersionId']) == 36)
done = rotated('password')
expect(f"True {arn} {{'AutomaticallyAfterDays': 1}}", done['RotationEnabled'], done['RotationLambdaARN'], done['RotationRules'])
expect('1.0', (done['NextRotationDate'] - done['LastRotatedDate']).total_seconds() / 86400)
expect('first made by ' + asked['VersionId'], value('password', 'AWSPREVIOUS'), value('password'))
expect("['AWSPREVIOUS']", done['VersionIdsToStages'][first['VersionId']])
steps = until(lambda: len(found := lines('STEP')) == 4 and found)
expect(
    '\n'.join(
        f"STEP {step} ['ClientRequestToken', 'SecretId', 'Step']" for step in ('createSecret', 'setSecret', 'testSecret', 'finishSecret')
    ),
    '\n'.join(steps),
)

# The same request again changes nothing; the next one needs neither function nor rules; the last one comes by the clock.
expect(asked['VersionId'], secrets.rotate_secret(ClientRequestToken=asked['VersionId'], SecretId='password')['VersionId'])
again = secrets.rotate_secret(SecretId='password')['VersionId']
done = rotated('password', done['LastRotatedDate'])
expect('made by ' + again, value('password'))
advance('25h')
done = rotated('password', done['LastRotatedDate'])
expect('made by ' + again, value('password', 'AWSPREVIOUS'))

# Without a rotation now, the function tests what is the value.
before = value('password')
tested = secrets.rotate_secret(SecretId='password', RotateImmediately=False, RotationRules={'ScheduleExpression': 'rate(10 days)', 'Duration': '2h'})
until(lambda: tested['VersionId'] not in about('password')['VersionIdsToStages'])
expect(before, value('password'))
expect('True', 'VALUE ' + before in until(lambda: lines('VALUE ')))
expect("{'Duration': '2h', 'ScheduleExpression': 'rate(10 days)'}", dict(sorted(about('password')['RotationRules'].items())))
fails(
    'InvalidParameterException',
    'You cannot specify both rotation frequency and schedule expression together.',
    secrets.rotate_secret,
    SecretId='password',
    RotationRules={'ScheduleExpression': 'rate(10 days)', 'AutomaticallyAfterDays': 3},
)

# Wherever it fails and however, the old value stays, and the service tries again.
for step in 'createSecret', 'setSecret', 'testSecret', 'finishSecret':
    for how in 'raises', 'dies', 'waits':
        if how == 'waits' and step != 'setSecret':
            continue
        name = f'{step}-{how}'
        secrets.create_secret(Name=name, SecretString='old', Description=f'{step} {how}')
        count = len(lines('STEP ' + step))
        version = secrets.rotate_secret(SecretId=name, RotationLambdaARN=arn, RotationRules={'AutomaticallyAfterDays': 30})['VersionId']
        until(lambda: len(lines('STEP ' + step)) > count)
        end = {'raises': 'as told', 'dies': 'exit status 3', 'waits': 'Task timed out after 5.00 seconds'}[how]
        until(lambda: lines(end))
        expect("old ['AWSPENDING'] False", value(name), about(name)['VersionIdsToStages'][version], 'LastRotatedDate' in about(name))
        secrets.update_secret(SecretId=name, Description='works')
        if how == 'raises':
            advance('61m')
        else:
            def retry():
                try:
                    secrets.rotate_secret(SecretId=name)
                except ClientError as error:
                    said = error.response['Error']
                    expect("InvalidRequestException A previous rotation isn't complete. That rotation will be reattempted.", said['Code'], said['Message'])
                return 'LastRotatedDate' in about(name)

            until(retry)
        rotated(name)
        expect('old', value(name, 'AWSPREVIOUS') if how == 'raises' else 'old')

# Cancelled, no rotation is due any more.
secrets.cancel_rotate_secret(SecretId='password')
expect('False False', about('password')['RotationEnabled'], 'NextRotationDate' in about('password'))
before = value('password')
advance('40d')
expect(before, value('password'))
until(lambda: value('setSecret-raises').startswith('made by'))

# The permission that is taken away counts at once, and that of the caller as well.
lam.remove_permission(FunctionName='rotator', StatementId='all')
fails(*denied, secrets.rotate_secret, SecretId='password')
lam.add_permission(FunctionName='rotator', StatementId='all', Action='lambda:InvokeFunction', Principal=Service)
key = user('rotates', allow('secretsmanager:RotateSecret'))
fails(
    'AccessDeniedException',
    f'User: arn:aws:iam::{A}:user/rotates is not authorized to perform: lambda:InvokeFunction on resource: {arn} because no identity-based '
    'policy allows the lambda:InvokeFunction action',
    client('secretsmanager', credentials=key).rotate_secret,
    SecretId='password',
)
