\echo Use "CREATE EXTENSION aws_lambda" to load this file. \quit

-- Every name is qualified with its schema, so that no search_path of the installing or calling user can substitute another object.

CREATE SCHEMA aws_lambda;

-- Aurora has the same four overloads. There they are LANGUAGE sql wrappers around an inner C function. Here they are that inner function,
-- which avoids parsing and planning a body at every call (docs/decisions/0004) and adds the same CONTEXT to its errors. COST is the default
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

-- Nobody may invoke until granted USAGE on the schema and EXECUTE on its functions.
REVOKE ALL ON SCHEMA aws_lambda FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda FROM PUBLIC;
