"""Copies the rows of a CSV file that landed in a bucket into the table reading."""
import os
from urllib.parse import unquote_plus

import boto3
import psycopg2

s3 = boto3.client("s3")


def lambda_handler(event, context):
    # The variables PGHOST, PGUSER and PGPASSWORD of the function say where to. On AWS they would come from Secrets Manager.
    with psycopg2.connect(dbname=os.environ["PGDATABASE"]) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE landed (LIKE reading)")
        for record in event["Records"]:
            bucket, key = record["s3"]["bucket"]["name"], unquote_plus(record["s3"]["object"]["key"])
            body = s3.get_object(Bucket=bucket, Key=key)["Body"]
            cursor.copy_expert("COPY landed FROM STDIN (FORMAT csv, HEADER true)", body)
        cursor.execute("INSERT INTO reading TABLE landed ON CONFLICT DO NOTHING")
        return cursor.rowcount
