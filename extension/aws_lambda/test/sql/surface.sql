-- The objects of the extension, and how it is installed.
CREATE EXTENSION aws_lambda;
CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;
CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;
SELECT extname, extversion, extnamespace::regnamespace, obj_description(oid, 'pg_extension') FROM pg_extension
WHERE extname LIKE 'aws%' ORDER BY 1;
\x
\df aws_lambda.invoke
\x
SELECT proname, pg_get_function_identity_arguments(p.oid), provolatile, proisstrict, prosecdef, proretset,
       prorettype::regtype, lanname
FROM pg_proc p JOIN pg_language l ON l.oid = prolang
WHERE pronamespace = 'aws_lambda'::regnamespace ORDER BY 1, 2;
\dx+ aws_lambda
DROP EXTENSION aws_commons;

-- one row, never a set; the columns' names and types
SELECT pg_typeof(status_code), pg_typeof(payload), pg_typeof(executed_version), pg_typeof(log_result)
FROM aws_lambda.invoke('payload', '{}'::json);
SELECT pg_typeof(payload) FROM aws_lambda.invoke('payload', '{}'::jsonb);
SELECT * FROM aws_lambda.invoke('payload', '{"n": 1}'::json);
-- a row expanded by star calls once per column, as on Aurora: four more invocations
SELECT (payload->>'invocations')::int AS before FROM aws_lambda.invoke('counters', '{}'::json) \gset
SELECT (aws_lambda.invoke('payload', '{}'::json)).*;
SELECT (payload->>'invocations')::int - :before AS invocations FROM aws_lambda.invoke('counters', '{}'::json);
-- in FROM, once per row of the source of the arguments
SELECT n, payload FROM generate_series(1, 3) n, aws_lambda.invoke('payload', json_build_object('n', n));
-- and the PL/pgSQL forms
DO $$
DECLARE answer text;
BEGIN
    SELECT payload INTO answer FROM aws_lambda.invoke('payload', '{"from": "plpgsql"}'::json);
    RAISE NOTICE '%', answer;
    PERFORM * FROM aws_lambda.invoke('payload', '{}'::json, invocation_type => 'Event');
END $$;
