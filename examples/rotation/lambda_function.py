"""Rotates the secret of a database user, who changes the own password: engine, host, port, dbname, username, password as JSON."""

import json

import boto3
import psycopg2
from psycopg2 import sql

secrets = boto3.client("secretsmanager")


def lambda_handler(event, context):
    secret, version = event["SecretId"], event["ClientRequestToken"]
    about = secrets.describe_secret(SecretId=secret)
    stages = about["VersionIdsToStages"].get(version, [])
    if "AWSCURRENT" in stages:
        return  # an earlier attempt came this far
    if not about.get("RotationEnabled") or "AWSPENDING" not in stages:
        raise ValueError("no rotation of %s to %s is under way" % (secret, version))
    STEPS[event["Step"]](secret, version)


def create(secret, version):
    """Makes the new value, once."""
    current = value(secret, "AWSCURRENT")
    try:
        value(secret, "AWSPENDING", version)
    except secrets.exceptions.ResourceNotFoundException:
        current["password"] = secrets.get_random_password(ExcludeCharacters="/@\"'\\")["RandomPassword"]
        secrets.put_secret_value(SecretId=secret, ClientRequestToken=version, SecretString=json.dumps(current), VersionStages=["AWSPENDING"])


def set_password(secret, version):
    """Gives it to the server, unless an earlier attempt has: logs in with the first password that is good."""
    pending = value(secret, "AWSPENDING", version)
    if connection := connect(pending):
        connection.close()
        return
    connection = connect(value(secret, "AWSCURRENT"))
    if connection is None:
        raise ValueError("the current password of %s is not that of its database" % secret)
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(pending["username"])), [pending["password"]])
    connection.close()


def test(secret, version):
    connection = connect(value(secret, "AWSPENDING", version))
    if connection is None:
        raise ValueError("the new password of %s is not good" % secret)
    connection.close()


def finish(secret, version):
    stages = secrets.describe_secret(SecretId=secret)["VersionIdsToStages"]
    current = next(found for found in stages if "AWSCURRENT" in stages[found])
    secrets.update_secret_version_stage(SecretId=secret, VersionStage="AWSCURRENT", MoveToVersionId=version, RemoveFromVersionId=current)


STEPS = {"createSecret": create, "setSecret": set_password, "testSecret": test, "finishSecret": finish}


def value(secret, stage, version=None):
    of = {"VersionId": version} if version else {}
    return json.loads(secrets.get_secret_value(SecretId=secret, VersionStage=stage, **of)["SecretString"])


def connect(login):
    """Returns None where the server does not take the password."""
    try:
        return psycopg2.connect(
            host=login["host"],
            port=login["port"],
            dbname=login["dbname"],
            user=login["username"],
            password=login["password"],
            sslmode="verify-full",
            sslrootcert="ca.pem",
            connect_timeout=5,
        )
    except psycopg2.OperationalError as error:
        if "password authentication failed" in str(error):
            return None
        raise
