\echo Use "CREATE EXTENSION aws_s3" to load this file. \quit

-- Every name is qualified with its schema, so that no search_path of the installing or calling user can substitute another object.

CREATE SCHEMA aws_s3;

-- The statements COPY run as the caller, so that the caller needs the rights on the table.

CREATE FUNCTION aws_s3.table_import_from_s3(
    table_name pg_catalog.text,
    column_list pg_catalog.text,
    options pg_catalog.text,
    s3_info aws_commons._s3_uri_1,
    credentials aws_commons._aws_credentials_1 DEFAULT NULL::aws_commons._aws_credentials_1
) RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'aws_s3_table_import';

CREATE FUNCTION aws_s3.table_import_from_s3(
    table_name pg_catalog.text,
    column_list pg_catalog.text,
    options pg_catalog.text,
    bucket pg_catalog.text,
    file_path pg_catalog.text,
    region pg_catalog.text,
    access_key pg_catalog.text DEFAULT NULL::pg_catalog.text,
    secret_key pg_catalog.text DEFAULT NULL::pg_catalog.text,
    session_token pg_catalog.text DEFAULT NULL::pg_catalog.text
) RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'aws_s3_table_import_by_names';

CREATE FUNCTION aws_s3.query_export_to_s3(
    IN query pg_catalog.text,
    IN s3_info aws_commons._s3_uri_1,
    IN options pg_catalog.text DEFAULT NULL::pg_catalog.text,
    IN kms_key pg_catalog.text DEFAULT NULL::pg_catalog.text,
    OUT rows_uploaded pg_catalog.int8,
    OUT files_uploaded pg_catalog.int8,
    OUT bytes_uploaded pg_catalog.int8
)
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'aws_s3_query_export';

CREATE FUNCTION aws_s3.query_export_to_s3(
    IN query pg_catalog.text,
    IN bucket pg_catalog.text,
    IN file_path pg_catalog.text,
    IN region pg_catalog.text DEFAULT NULL::pg_catalog.text,
    IN options pg_catalog.text DEFAULT NULL::pg_catalog.text,
    IN kms_key pg_catalog.text DEFAULT NULL::pg_catalog.text,
    OUT rows_uploaded pg_catalog.int8,
    OUT files_uploaded pg_catalog.int8,
    OUT bytes_uploaded pg_catalog.int8
)
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'aws_s3_query_export_by_names';

-- Nobody may import or export until granted USAGE on the schema and EXECUTE on its functions.
REVOKE ALL ON SCHEMA aws_s3 FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_s3 FROM PUBLIC;
