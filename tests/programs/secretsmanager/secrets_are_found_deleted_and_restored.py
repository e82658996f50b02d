from calls import *

# A Region of its own: lists show no secret of another program.
secrets = boto3.client('secretsmanager', endpoint_url=os.environ['AWS_ENDPOINT_URL'], region_name='eu-west-1', config=quiet)


def names(**filters):
    return [s['Name'] for s in secrets.list_secrets(SortBy='name', SortOrder='asc', **filters)['SecretList']]


def by(key, *values):
    return names(Filters=[dict(Key=key, Values=list(values))])


secrets.create_secret(Name='AppBeta', Description='One two', Tags=[dict(Key='team', Value='red')])
secrets.create_secret(Name='appGamma', Description='three')
equal(by('name', 'app'), ['appGamma'])
equal(by('name', '!app'), ['AppBeta'])
equal(by('description', 'T O'), ['AppBeta'])
equal(by('tag-key', 'te'), ['AppBeta'])
equal(by('tag-value', 'Red'), [])
equal(by('all', 'beta'), ['AppBeta'])
equal(names(), ['AppBeta', 'appGamma'])
page = secrets.list_secrets(MaxResults=1)
equal(len(page['SecretList']), 1)
equal(len(secrets.list_secrets(MaxResults=1, NextToken=page['NextToken'])['SecretList']), 1)
secrets.tag_resource(SecretId='AppBeta', Tags=[dict(Key='x', Value='y')])
secrets.untag_resource(SecretId='AppBeta', TagKeys=['team', 'x'])
equal(secrets.describe_secret(SecretId='AppBeta')['Tags'], [])

secrets.create_secret(Name='doomed', SecretString='s')
arn = secrets.describe_secret(SecretId='doomed')['ARN']
secrets.delete_secret(SecretId='doomed', RecoveryWindowInDays=7)
marked = "You can't perform this operation on the secret because it was marked for deletion."
fails('InvalidRequestException', marked, secrets.get_secret_value, SecretId='doomed')
fails('InvalidRequestException', marked, secrets.delete_secret, SecretId='doomed')
scheduled = "You can't create this secret because a secret with this name is already scheduled for deletion."
fails('InvalidRequestException', scheduled, secrets.create_secret, Name='doomed', SecretString='t')
assert secrets.describe_secret(SecretId='doomed')['DeletedDate']
assert 'doomed' not in names() and 'doomed' in names(IncludePlannedDeletion=True)
secrets.restore_secret(SecretId='doomed')
equal(secrets.get_secret_value(SecretId='doomed')['SecretString'], 's')
missing = ('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
secrets.delete_secret(SecretId='doomed', ForceDeleteWithoutRecovery=True)
fails(*missing, secrets.describe_secret, SecretId='doomed')
fails(*missing, secrets.delete_secret, SecretId='doomed')
assert secrets.delete_secret(SecretId='doomed', ForceDeleteWithoutRecovery=True)['ARN']
again = secrets.create_secret(Name='doomed', SecretString='u')['ARN']
assert again != arn
fails(*missing, secrets.get_secret_value, SecretId=arn)
equal(secrets.get_secret_value(SecretId=again)['SecretString'], 'u')
name = 'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!'
fails('ValidationException', name, secrets.create_secret, Name='a b', SecretString='t')
