\echo Use "CREATE EXTENSION aws_lambda" to load this file. \quit

-- Everything is written with its schema: whatever search_path the installing or the calling user has, no other object
-- can be meant.

CREATE SCHEMA aws_lambda;

-- What the overloads stand on. `composite` tells whether the caller gave the composite type (true) or text (false).

CREATE FUNCTION aws_lambda._invoke(
    IN function_name pg_catalog.text,
    IN region pg_catalog.text,
    IN payload pg_catalog.json,
    IN invocation_type pg_catalog.text,
    IN log_type pg_catalog.text,
    IN context pg_catalog.json,
    IN qualifier pg_catalog.text,
    IN composite pg_catalog.bool,
    OUT status_code pg_catalog.int4,
    OUT payload pg_catalog.json,
    OUT executed_version pg_catalog.text,
    OUT log_result pg_catalog.text
)
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'aws_lambda_invoke_json';

CREATE FUNCTION aws_lambda._invoke(
    IN function_name pg_catalog.text,
    IN region pg_catalog.text,
    IN payload pg_catalog.jsonb,
    IN invocation_type pg_catalog.text,
    IN log_type pg_catalog.text,
    IN context pg_catalog.jsonb,
    IN qualifier pg_catalog.text,
    IN composite pg_catalog.bool,
    OUT status_code pg_catalog.int4,
    OUT payload pg_catalog.jsonb,
    OUT executed_version pg_catalog.text,
    OUT log_result pg_catalog.text
)
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'aws_lambda_invoke_jsonb';

-- Aurora's four overloads. They are LANGUAGE sql because IN and OUT are both called `payload`, and because Aurora's errors
-- carry the context `SQL function "invoke" statement 1`. Selecting the row as one column is the cheapest body there is.

CREATE FUNCTION aws_lambda.invoke(
    IN function_name pg_catalog.text,
    IN payload pg_catalog.json,
    IN region pg_catalog.text DEFAULT NULL::pg_catalog.text,
    IN invocation_type pg_catalog.text DEFAULT 'RequestResponse'::pg_catalog.text,
    IN log_type pg_catalog.text DEFAULT 'None'::pg_catalog.text,
    IN context pg_catalog.json DEFAULT NULL::pg_catalog.json,
    IN qualifier pg_catalog.varchar(128) DEFAULT NULL::pg_catalog.varchar,
    OUT status_code pg_catalog.int4,
    OUT payload pg_catalog.json,
    OUT executed_version pg_catalog.text,
    OUT log_result pg_catalog.text
)
LANGUAGE sql VOLATILE
AS 'SELECT aws_lambda._invoke($1, $3, $2, $4, $5, $6, $7::pg_catalog.text, false)';

CREATE FUNCTION aws_lambda.invoke(
    IN function_name pg_catalog.text,
    IN payload pg_catalog.jsonb,
    IN region pg_catalog.text DEFAULT NULL::pg_catalog.text,
    IN invocation_type pg_catalog.text DEFAULT 'RequestResponse'::pg_catalog.text,
    IN log_type pg_catalog.text DEFAULT 'None'::pg_catalog.text,
    IN context pg_catalog.jsonb DEFAULT NULL::pg_catalog.jsonb,
    IN qualifier pg_catalog.varchar(128) DEFAULT NULL::pg_catalog.varchar,
    OUT status_code pg_catalog.int4,
    OUT payload pg_catalog.jsonb,
    OUT executed_version pg_catalog.text,
    OUT log_result pg_catalog.text
)
LANGUAGE sql VOLATILE
AS 'SELECT aws_lambda._invoke($1, $3, $2, $4, $5, $6, $7::pg_catalog.text, false)';

CREATE FUNCTION aws_lambda.invoke(
    IN function_name aws_commons._lambda_function_arn_1,
    IN payload pg_catalog.json,
    IN invocation_type pg_catalog.text DEFAULT 'RequestResponse'::pg_catalog.text,
    IN log_type pg_catalog.text DEFAULT 'None'::pg_catalog.text,
    IN context pg_catalog.json DEFAULT NULL::pg_catalog.json,
    IN qualifier pg_catalog.varchar(128) DEFAULT NULL::pg_catalog.varchar,
    OUT status_code pg_catalog.int4,
    OUT payload pg_catalog.json,
    OUT executed_version pg_catalog.text,
    OUT log_result pg_catalog.text
)
LANGUAGE sql VOLATILE
AS 'SELECT aws_lambda._invoke(($1).function_name, ($1).region, $2, $3, $4, $5, $6::pg_catalog.text, true)';

CREATE FUNCTION aws_lambda.invoke(
    IN function_name aws_commons._lambda_function_arn_1,
    IN payload pg_catalog.jsonb,
    IN invocation_type pg_catalog.text DEFAULT 'RequestResponse'::pg_catalog.text,
    IN log_type pg_catalog.text DEFAULT 'None'::pg_catalog.text,
    IN context pg_catalog.jsonb DEFAULT NULL::pg_catalog.jsonb,
    IN qualifier pg_catalog.varchar(128) DEFAULT NULL::pg_catalog.varchar,
    OUT status_code pg_catalog.int4,
    OUT payload pg_catalog.jsonb,
    OUT executed_version pg_catalog.text,
    OUT log_result pg_catalog.text
)
LANGUAGE sql VOLATILE
AS 'SELECT aws_lambda._invoke(($1).function_name, ($1).region, $2, $3, $4, $5, $6::pg_catalog.text, true)';

-- Whoever may invoke is granted so: USAGE on the schema, EXECUTE on its functions.
REVOKE ALL ON SCHEMA aws_lambda FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda FROM PUBLIC;
