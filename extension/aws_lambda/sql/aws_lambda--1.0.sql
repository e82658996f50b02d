\echo Use "CREATE EXTENSION aws_lambda" to load this file. \quit

-- Everything is written with its schema: whatever search_path the installing or the calling user has, no other object
-- can be meant.

CREATE SCHEMA aws_lambda;

-- Aurora's four overloads. Aurora's are LANGUAGE sql around an inner function; ours are that inner function, which spares
-- parsing and planning a body at every call (docs/decisions/0004) and reports the same context with its errors. COST is that
-- of a LANGUAGE sql function.

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
LANGUAGE c VOLATILE COST 100
AS 'MODULE_PATHNAME', 'aws_lambda_invoke_json';

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
LANGUAGE c VOLATILE COST 100
AS 'MODULE_PATHNAME', 'aws_lambda_invoke_jsonb';

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
LANGUAGE c VOLATILE COST 100
AS 'MODULE_PATHNAME', 'aws_lambda_invoke_composite_json';

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
LANGUAGE c VOLATILE COST 100
AS 'MODULE_PATHNAME', 'aws_lambda_invoke_composite_jsonb';

-- Whoever may invoke is granted so: USAGE on the schema, EXECUTE on its functions.
REVOKE ALL ON SCHEMA aws_lambda FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda FROM PUBLIC;
