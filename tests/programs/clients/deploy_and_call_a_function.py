import boto3, io, json, os, sys, zipfile

here = dict(endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
client = boto3.client("lambda", **here)
boto3.client("iam", **here).create_role(RoleName="by-boto", AssumeRolePolicyDocument=sys.argv[2])
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as code:
    file = zipfile.ZipInfo("lambda_function.py")
    file.external_attr = 0o644 << 16  # writestr's own mode, 0600, is readable for nobody on AWS
    code.writestr(file, "def lambda_handler(event, context):\n    return {'got': event}\n")
client.create_function(
    FunctionName="by-boto",
    Runtime="python3.13",
    Handler="lambda_function.lambda_handler",
    Role="arn:aws:iam::444455556666:role/by-boto",
    Code={"ZipFile": archive.getvalue()},
)
client.get_waiter("function_active_v2").wait(FunctionName="by-boto")
print(json.loads(client.invoke(FunctionName="by-boto", Payload=b'{"n": 1}')["Payload"].read()))
