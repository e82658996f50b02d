from calls import *

import base64, io, zipfile

lam = client('lambda')
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, 'w') as package:
    package.writestr('app.py', 'def handler(event, context): return event')
    package.writestr('ballast', bytes(range(256)) * 1000)


def create(name):
    return lam.create_function(
        FunctionName=name,
        Runtime='python3.11',
        Handler='app.handler',
        Code={'ZipFile': buffer.getvalue()},
        Role='arn:aws:iam::444455556666:role/'
        + iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))['Role']['RoleName'],
    )


def told(call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        return f"{e.response['ResponseMetadata']['HTTPStatusCode']} {e.response['Error']['Code']}: {e.response['Error']['Message']}"
    return 'done'
