\echo Use "CREATE EXTENSION aws_commons" to load this file. \quit

-- Every name is qualified with its schema, so that no search_path of the installing user can substitute another object.

CREATE SCHEMA aws_commons;

CREATE TYPE aws_commons._lambda_function_arn_1 AS (
    function_name pg_catalog.text,
    region pg_catalog.text
);

CREATE TYPE aws_commons._s3_uri_1 AS (
    bucket pg_catalog.text,
    file_path pg_catalog.text,
    region pg_catalog.text
);

CREATE TYPE aws_commons._aws_credentials_1 AS (
    access_key pg_catalog.text,
    secret_key pg_catalog.text,
    session_token pg_catalog.text
);

CREATE FUNCTION aws_commons.create_lambda_function_arn(
    function_name pg_catalog.text,
    region pg_catalog.text DEFAULT NULL::pg_catalog.text
) RETURNS aws_commons._lambda_function_arn_1
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT ROW($1, $2)::aws_commons._lambda_function_arn_1';

CREATE FUNCTION aws_commons.create_s3_uri(
    bucket pg_catalog.text,
    file_path pg_catalog.text,
    region pg_catalog.text
) RETURNS aws_commons._s3_uri_1
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT ROW($1, $2, $3)::aws_commons._s3_uri_1';

CREATE FUNCTION aws_commons.create_aws_credentials(
    access_key pg_catalog.text,
    secret_key pg_catalog.text,
    session_token pg_catalog.text
) RETURNS aws_commons._aws_credentials_1
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT ROW($1, $2, $3)::aws_commons._aws_credentials_1';

-- These functions only build values, so everybody may use them, as on Aurora.
GRANT USAGE ON SCHEMA aws_commons TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_commons TO PUBLIC;
