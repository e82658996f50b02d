"""Called for each new row of work by the trigger in work.sql: connects back to the database, and writes its answer into the row."""

import json
import os
import time

import boto3
import psycopg2

HOST, PORT = os.environ["DB_HOST"], int(os.environ["DB_PORT"])


def user_and_password(login):
    if login == "secret":
        secret = boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["DB_SECRET"])
        value = json.loads(secret["SecretString"])
        return value["username"], value["password"]
    user = os.environ["DB_USER"]
    return user, boto3.client("rds").generate_db_auth_token(DBHostname=HOST, Port=PORT, DBUsername=user)


def lambda_handler(event, context):
    user, password = user_and_password(event["login"])
    connection = psycopg2.connect(
        host=HOST, port=PORT, dbname="postgres", user=user, password=password, sslmode="verify-full", sslrootcert="ca.pem", connect_timeout=10
    )
    try:
        # The event may be here before the transaction of the row has committed.
        for _ in range(50):
            with connection, connection.cursor() as cursor:
                cursor.execute("UPDATE work SET answer = upper(question), done_by = session_user WHERE id = %s", (event["id"],))
                if cursor.rowcount == 1:
                    return event["id"]
            time.sleep(0.1)
        # Lambda tries again, in a minute and in two.
        raise LookupError("there is no row %s" % event["id"])
    finally:
        connection.close()
