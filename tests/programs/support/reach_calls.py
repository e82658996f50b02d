from vpc_calls import *
import struct
from cluster_calls import cluster, delete, instance, rds

# What a function finds at the end of its way: the first byte of PostgreSQL's answer, the owner of an API's keys, or what became of the attempt.
CODE = '''
import boto3, os, socket, struct, time
from botocore.config import Config

kept = {}


def handler(event, context):
    try:
        return globals()[event["do"]](*event.get("with", []))
    except Exception as error:
        return type(error).__name__


def tcp(host, port, timeout=1):
    """Connects, and asks for TLS as every client of PostgreSQL does."""
    with socket.create_connection((host, port), timeout) as connection:
        connection.sendall(struct.pack("!ii", 8, 80877103))
        return connection.recv(1).decode()


def api(service, operation, timeout=1, endpoint=None, **keys):
    config = Config(connect_timeout=timeout, read_timeout=timeout, retries={"max_attempts": 0})
    return bool(getattr(boto3.client(service, endpoint_url=endpoint, config=config, **keys), operation)())


def others(service, operation, key, secret):
    return api(service, operation, 1, None, aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=None)


def keep(host, port):
    kept["connection"] = connection = socket.create_connection((host, port), 1)
    connection.sendall(struct.pack("!ii", 8, 80877103))
    return connection.recv(1).decode()


def kept_ends():
    kept["connection"].settimeout(5)
    return len(kept["connection"].recv(1))


def slowly(host, port):
    """An attempt that goes on until it is let through."""
    return tcp(host, port, 30)


def keys():
    return [os.environ[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")]
'''


def package_of(code):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, 'w') as files:
        file = zipfile.ZipInfo('f.py')
        file.external_attr = 0o644 << 16
        files.writestr(file, code)
    return archive.getvalue()


def reaching(name, vpc=None, role='vpc'):
    lam.create_function(
        FunctionName=name,
        Runtime='python3.12',
        Handler='f.handler',
        Role=f'arn:aws:iam::{A}:role/{role}',
        Code={'ZipFile': package_of(CODE)},
        Timeout=60,
        **({} if vpc is None else {'VpcConfig': vpc}),
    )
    return name


def ask(name, do, *arguments):
    answer = lam.invoke(FunctionName=name, Payload=json.dumps({'do': do, 'with': arguments}))
    text = answer['Payload'].read()
    assert 'FunctionError' not in answer, text
    return json.loads(text)
