-- Answers of the scripted bridge aws_lambda/test/peer.py; who may get explanations; how the rows are made.
CREATE EXTENSION daybreak CASCADE;
SELECT extname, extversion, extnamespace::regnamespace, obj_description(oid, 'pg_extension') FROM pg_extension
WHERE extname = 'daybreak';
SELECT pg_describe_object(classid, objid, 0) AS object FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'daybreak') AND deptype = 'e'
      AND classid <> 'pg_type'::regclass -- which 17 lists for views
ORDER BY 1;
SELECT proname, pg_get_function_identity_arguments(p.oid), provolatile, prosecdef, proretset, lanname, proconfig
FROM pg_proc p JOIN pg_language l ON l.oid = prolang WHERE pronamespace = 'daybreak'::regnamespace ORDER BY 1, 2;
DROP EXTENSION aws_lambda;

-- rows: evidence with hops, and the fix for the first failure
\x
SELECT * FROM daybreak.explain_invoke('stages');
SELECT * FROM daybreak.explain_invoke('network');
\x

-- what the bridge receives: arguments, settings, and the session's user, whatever the arguments say
SET aws_lambda.region = 'eu-central-1';
SET aws_lambda.connect_timeout_ms = 700;
SELECT key, CASE key WHEN 'log_context' THEN regexp_replace(value, '\d+', 'PID') ELSE value END AS value
FROM json_each_text(daybreak.explain_invoke_json('büc:7', 'us-west-2')) ORDER BY key COLLATE "C";
RESET aws_lambda.region;
RESET aws_lambda.connect_timeout_ms;
SELECT e->>'function_name', e->>'region', e->>'form' FROM daybreak.explain_invoke_json(aws_commons.create_lambda_function_arn('f', 'us-east-1')) e;
SELECT e->>'function_name', e->>'region', e->>'form' FROM daybreak.explain_invoke_json(aws_commons.create_lambda_function_arn('f')) e;
SELECT e->>'function_name' IS NULL, e->>'region' IS NULL, e->>'form' FROM daybreak.explain_invoke_json(NULL::aws_commons._lambda_function_arn_1) e;
SELECT e->>'function_name' IS NULL, e->>'region' IS NULL, e->>'form' FROM daybreak.explain_invoke_json(NULL::text) e;
SELECT count(*) FROM daybreak.explain_invoke(aws_commons.create_lambda_function_arn('stages'));

-- a user who may not invoke sees how to get the permission, and the bridge is not asked
CREATE ROLE "explain ""user";
SELECT e->>'explanations' AS before FROM aws_lambda.invoke('counters', '{}'::json) i, LATERAL (SELECT i.payload AS e) p \gset
SET ROLE "explain ""user";
\x
SELECT * FROM daybreak.explain_invoke('stages');
\x
SELECT count(*) FROM daybreak.explain_invoke(aws_commons.create_lambda_function_arn('stages'));
SELECT daybreak.explain_invoke_json('stages');
RESET ROLE;
SELECT mend FROM (SELECT set_config('role', 'explain "user', false)) r, LATERAL (SELECT mend FROM daybreak.explain_invoke('stages')) m \gset
RESET ROLE;
SELECT split_part(:'mend', E'\n', 1) AS usage, split_part(:'mend', E'\n', 2) AS execute \gset
:usage
SET ROLE "explain ""user";
SELECT stage, state, evidence FROM daybreak.explain_invoke('stages');
RESET ROLE;
SELECT (payload->>'explanations')::int - :before AS asked FROM aws_lambda.invoke('counters', '{}'::json);
:execute
SET ROLE "explain ""user";
SELECT step, stage, state FROM daybreak.explain_invoke('stages');
SELECT e->>'user', e->>'database' FROM daybreak.explain_invoke_json('f') e;
-- permission for only some of the functions is not enough for explanations
RESET ROLE;
REVOKE EXECUTE ON FUNCTION aws_lambda.invoke(text, jsonb, text, text, text, jsonb, varchar) FROM "explain ""user";
SET ROLE "explain ""user";
SELECT stage, state, evidence FROM daybreak.explain_invoke('stages');
RESET ROLE;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO "explain ""user";
-- a SECURITY DEFINER function asks with the permissions of its owner, as for invoke
CREATE FUNCTION lent() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT daybreak.explain_invoke_json(''f'')->>''user''';
SET ROLE "explain ""user";
SELECT lent();
RESET ROLE;
DROP FUNCTION lent();

-- search_path: objects of the caller are not used instead
CREATE SCHEMA trap AUTHORIZATION "explain ""user";
SET ROLE "explain ""user";
CREATE DOMAIN trap.json AS int;
CREATE DOMAIN trap.text AS int;
CREATE FUNCTION trap.arrow(pg_catalog.json, pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''trapped''::pg_catalog.text';
CREATE OPERATOR trap.->> (LEFTARG = pg_catalog.json, RIGHTARG = pg_catalog.text, FUNCTION = trap.arrow);
CREATE FUNCTION trap.json_array_elements(pg_catalog.json, OUT value pg_catalog.json) RETURNS SETOF pg_catalog.json LANGUAGE sql AS 'SELECT NULL::pg_catalog.json';
SET search_path = trap, pg_catalog;
SELECT step, stage, state FROM daybreak.explain_invoke('stages');
RESET search_path;
RESET ROLE;
DROP OWNED BY "explain ""user" CASCADE;
DROP ROLE "explain ""user";

-- a failure of the bridge is explained; its other errors stay errors
\x
SELECT * FROM daybreak.explain_invoke('error:LM902');
SELECT * FROM daybreak.explain_invoke('garbage');
SELECT * FROM daybreak.explain_invoke('unknown-type');
SELECT * FROM daybreak.explain_invoke('wrong-id');
\x
SELECT * FROM daybreak.explain_invoke('error:LM905');
SELECT * FROM daybreak.explain_invoke('text:no json');
SELECT stage FROM daybreak.explain_invoke('network');
SELECT payload FROM aws_lambda.invoke('payload', '"next"'::json);

-- an older bridge can invoke but not explain
COPY (SELECT 'older') TO PROGRAM 'cat > pg_stat_tmp/peer.greeting';
\c
SELECT payload FROM aws_lambda.invoke('payload', '"older"'::json);
\x
SELECT * FROM daybreak.explain_invoke('stages');
\x
COPY (SELECT '') TO PROGRAM 'cat > pg_stat_tmp/peer.greeting';
\c
SELECT count(*) FROM daybreak.explain_invoke('stages');

-- neither the version nor a schema of another owner is taken over
DROP EXTENSION daybreak;
CREATE SCHEMA daybreak;
-- 18 also reports where in the script it happened
\set SHOW_CONTEXT never
CREATE EXTENSION daybreak;
\set SHOW_CONTEXT errors
DROP SCHEMA daybreak;
