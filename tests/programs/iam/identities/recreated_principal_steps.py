from calls import *

import io, zipfile

A = '444455556666'
lam, ec2 = client('lambda'), client('ec2')
code = io.BytesIO()
with zipfile.ZipFile(code, 'w') as z:
    z.writestr('app.py', 'def handler(e, c): return 1')
iam.create_role(RoleName='lam', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
f = lam.create_function(
    FunctionName='f', Runtime='python3.12', Handler='app.handler', Role=f'arn:aws:iam::{A}:role/lam', Code={'ZipFile': code.getvalue()}
)['FunctionArn']


def user(name):
    user = iam.create_user(UserName=name)['User']
    return user['Arn'], user['UserId'], iam.create_access_key(UserName=name)['AccessKey']


def remake(name):
    for key in iam.list_access_keys(UserName=name)['AccessKeyMetadata']:
        iam.delete_access_key(UserName=name, AccessKeyId=key['AccessKeyId'])
    iam.delete_user(UserName=name)
    return user(name)


def principals(text):
    return [s['Principal'] for s in json.loads(text)['Statement']]
