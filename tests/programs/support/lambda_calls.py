from calls import *

import base64, io, zipfile

A = '444455556666'
lam = client('lambda')


def package():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, 'w') as files:
        files.writestr('f.py', 'def handler(e, c): return e')
    return archive.getvalue()


def function(name, caller=lam, role='r'):
    return caller.create_function(
        FunctionName=name, Runtime='python3.12', Handler='f.handler', Role=f'arn:aws:iam::{A}:role/{role}', Code={'ZipFile': package()}
    )['FunctionArn']


def user(name, *statements):
    iam.create_user(UserName=name)
    if statements:
        iam.put_user_policy(UserName=name, PolicyName='p', PolicyDocument=document(*statements))
    return iam.create_access_key(UserName=name)['AccessKey']
