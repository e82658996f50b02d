from calls import *

iam.create_user(UserName='alice')
iam.put_user_policy(UserName='alice', PolicyName='sts', PolicyDocument=document(allow('sts:*')))
alice = client('sts', credentials=iam.create_access_key(UserName='alice')['AccessKey'])
role = iam.create_role(
    RoleName='r1',
    AssumeRolePolicyDocument=document(dict(Effect='Allow', Principal={'AWS': '444455556666'}, Action=['sts:AssumeRole', 'sts:TagSession'])),
)['Role']['Arn']


def tags(*keys):
    return [{'Key': key, 'Value': 'v'} for key in keys]


def assume(client=alice, **more):
    return outcome(client.assume_role, **{'RoleArn': role, 'RoleSessionName': 'Session1', **more})


r, e = {}, {}
r['assume_role'] = assume()
r['get_federation_token'] = outcome(alice.get_federation_token, Name='fred', DurationSeconds=900)
e['arn_malformed'] = assume(RoleArn='nothing-valid-in-here')
e['arn_no_resource'] = assume(RoleArn='arn:a:a::aaaaaaaaaa:')
e['arn_few_colons'] = assume(RoleArn='arn:a:::something/test-role')
e['session_name'] = assume(RoleSessionName='Session1:2')
e['transitive_not_in_tags'] = assume(Tags=tags('a'), TransitiveTagKeys=['b'])
e['duplicate_tags'] = assume(Tags=tags('a', 'A'))
first = assume(Tags=tags('a'), TransitiveTagKeys=['a'])
iam.put_role_policy(RoleName='r1', PolicyName='chain', PolicyDocument=document(allow('sts:*')))
e['override_transitive'] = assume(client('sts', credentials=first['Credentials']), Tags=tags('a'))
print(json.dumps({'responses': r, 'errors': e}))
