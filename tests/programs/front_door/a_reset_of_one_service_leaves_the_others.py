from calls import *
import urllib.error
import urllib.request

s3, secrets, logs, iam = client('s3'), client('secretsmanager'), client('logs'), client('iam')
ssm, kms = client('ssm'), client('kms')
trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}
iam.create_role(RoleName='stays', AssumeRolePolicyDocument=json.dumps(trust))


def fill():
    s3.create_bucket(Bucket='bucket-b')
    s3.put_object(Bucket='bucket-b', Key='small', Body=b'x')
    s3.put_object(Bucket='bucket-b', Key='large', Body=b'x' * 100_000)
    secrets.create_secret(Name='s', SecretString='x')
    ssm.put_parameter(Name='p', Value='v', Type='String')
    kms.create_alias(AliasName='alias/k', TargetKeyId=kms.create_key()['KeyMetadata']['KeyId'])
    logs.create_log_group(logGroupName='g')
    logs.create_log_stream(logGroupName='g', logStreamName='s')


def there():
    return {
        's3': [bucket['Name'] for bucket in s3.list_buckets()['Buckets']],
        'secretsmanager': [secret['Name'] for secret in secrets.list_secrets()['SecretList']],
        'ssm': [parameter['Name'] for parameter in ssm.describe_parameters()['Parameters']],
        'kms': [alias['AliasName'] for alias in kms.list_aliases()['Aliases'] if 'TargetKeyId' in alias],
        'logs': [group['logGroupName'] for group in logs.describe_log_groups()['logGroups']],
        'iam': [role['RoleName'] for role in iam.list_roles()['Roles']],
    }


def reset(service):
    request = urllib.request.Request(f"{os.environ['AWS_ENDPOINT_URL']}/_daybreak/reset?service={service}", method='POST')
    return urllib.request.urlopen(request).status


fill()
whole = {'s3': ['bucket-b'], 'secretsmanager': ['s'], 'ssm': ['p'], 'kms': ['alias/k'], 'logs': ['g'], 'iam': ['stays']}
equal(there(), whole)
for service in ('s3', 'secretsmanager', 'ssm', 'kms', 'logs'):
    equal(reset(service), 204)
    whole[service] = []
    equal(there(), whole)
equal(reset('lambda'), 204)

# What has been emptied can be filled again, with nothing of what was there.
fill()
equal(s3.list_objects_v2(Bucket='bucket-b')['KeyCount'], 2)
equal(reset('s3'), 204)
s3.create_bucket(Bucket='bucket-c')
equal(s3.list_objects_v2(Bucket='bucket-c')['KeyCount'], 0)

try:
    reset('iam')
except urllib.error.HTTPError as e:
    equal((e.code, json.load(e)['message']), (400, 'Give function=NAME, service=NAME (lambda, logs, s3, secretsmanager, ssm, kms), tests, or nothing for everything.'))
else:
    raise AssertionError('IAM was emptied')
