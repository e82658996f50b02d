from calls import *

import datetime

key = [iam.create_user(UserName='erin'), iam.create_access_key(UserName='erin')][1]['AccessKey']
erins = trust({'AWS': 'arn:aws:iam::444455556666:user/erin'})
used = lambda: iam.get_role(RoleName='used')['Role']['RoleLastUsed']
arn = iam.create_role(RoleName='used', AssumeRolePolicyDocument=erins)['Role']['Arn']
assert used() == {}, used()
c = client('sts', credentials=key).assume_role(RoleArn=arn, RoleSessionName='s1')['Credentials']
assert used() == {}, used()
session = boto3.Session(c['AccessKeyId'], c['SecretAccessKey'], c['SessionToken'])
call = lambda region: session.client(
    'lambda', endpoint_url=os.environ['AWS_ENDPOINT_URL'], region_name=region, config=quiet
).list_functions()
for region in ('eu-west-1', 'us-west-2'):
    equal(outcome(call, region)['Error']['Code'], 'AccessDeniedException')  # an attempt is a use
    equal(used()['Region'], region)
    assert abs(used()['LastUsedDate'] - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=1)
assert 'RoleLastUsed' not in [r for r in iam.list_roles()['Roles'] if r['RoleName'] == 'used'][0]
iam.delete_role(RoleName='used')
iam.create_role(RoleName='used', AssumeRolePolicyDocument=erins)
outcome(call, 'eu-west-1')  # a session of the one that is gone
assert used() == {}, used()
