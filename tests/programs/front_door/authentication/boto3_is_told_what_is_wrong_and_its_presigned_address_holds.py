from expect import expect
import boto3, botocore, sys, urllib.request
from botocore.config import Config

endpoint, secret, token = sys.argv[1:]


def client(name, **more):
    return boto3.client(name, endpoint_url=endpoint, region_name="eu-central-1", config=Config(retries={"max_attempts": 0}), **more)


session = dict(aws_access_key_id="ASIASESSION000000000", aws_secret_access_key=secret, aws_session_token=token)


def told(**more):
    try:
        return client("sts", **{**session, **more}).get_caller_identity()["Arn"]
    except botocore.exceptions.ClientError as error:
        return f'{error.response["ResponseMetadata"]["HTTPStatusCode"]} {error.response["Error"]["Code"]}'


expect("arn:aws:sts::444455556666:assumed-role/r/s", told())
expect("403 InvalidClientTokenId", told(aws_session_token=None))
expect("403 SignatureDoesNotMatch", told(aws_secret_access_key="wrong"))
for name, method, operation in (("sts", "GET", "get_caller_identity"), ("lambda", "GET", "list_functions")):
    url = client(name, **session).generate_presigned_url(operation, ExpiresIn=60, HttpMethod=method)
    expect("True", "assumed-role/r/s" in urllib.request.urlopen(url).read().decode())
    try:
        urllib.request.urlopen(url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"))
    except urllib.error.HTTPError as error:
        expect("403", error.code)
    else:
        raise AssertionError("an address holds with another age")
