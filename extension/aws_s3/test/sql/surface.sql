-- What a user of Aurora's aws_s3 finds.
\set VERBOSITY terse
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS aws_s3;
CREATE EXTENSION aws_s3 CASCADE;
SELECT extname, extversion FROM pg_extension WHERE extname = 'aws_s3';
\pset format unaligned
SELECT proname, pg_get_function_arguments(oid) AS arguments, pg_get_function_result(oid) AS result, provolatile, proparallel, prosecdef
FROM pg_proc WHERE pronamespace = 'aws_s3'::regnamespace ORDER BY 1, 2;
\pset format aligned
SELECT name, setting, unit, context, vartype, min_val, max_val FROM pg_settings WHERE name LIKE 'aws\_s3.%' ORDER BY 1;
SET aws_s3.endpoint_url = 'http://127.0.0.1:1';
-- an untyped literal of psql's \gset means the composite overload
SELECT pg_typeof(aws_commons.create_s3_uri('b', 'k', 'us-east-1'));
SELECT aws_s3.table_import_from_s3('t', '', '', '(b,,us-east-1)');
SELECT aws_s3.query_export_to_s3('SELECT 1', '(,k,us-east-1)');
SELECT aws_s3.table_import_from_s3('t', '', '', NULL::aws_commons._s3_uri_1);
-- what is not one COPY with the client
CREATE TABLE t (id int);
SELECT aws_s3.table_import_from_s3('t', '', '; SELECT 1', '(b,k,us-east-1)');
SELECT aws_s3.table_import_from_s3('t', '', 'WHERE id > 1', '(b,k,us-east-1)');
SELECT aws_s3.table_import_from_s3('t FROM PROGRAM ''id'' --', '', '', '(b,k,us-east-1)');
SELECT aws_s3.query_export_to_s3('SELECT 1) TO STDOUT; SELECT (1', '(b,k,us-east-1)');
SELECT aws_s3.query_export_to_s3('', '(b,k,us-east-1)');
DROP TABLE t;
-- nobody may but the owner, until granted
CREATE ROLE regress_s3;
SET ROLE regress_s3;
SELECT aws_s3.table_import_from_s3('t', '', '', '(b,k,us-east-1)');
RESET ROLE;
GRANT USAGE ON SCHEMA aws_s3 TO regress_s3;
SET ROLE regress_s3;
SELECT aws_s3.query_export_to_s3('SELECT 1', '(b,k,us-east-1)');
RESET ROLE;
DROP OWNED BY regress_s3;
DROP ROLE regress_s3;
DROP EXTENSION aws_s3;
