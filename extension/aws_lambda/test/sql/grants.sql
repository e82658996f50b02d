-- Nobody may invoke until granted: AWS's page shows two errors, which appear before its two GRANT statements and not after them.
CREATE ROLE granted_user LOGIN;
SELECT nspacl FROM pg_namespace WHERE nspname = 'aws_lambda';
SELECT proname, proacl FROM pg_proc WHERE pronamespace = 'aws_lambda'::regnamespace ORDER BY 1, pg_get_function_identity_arguments(oid);

SET ROLE granted_user;
SELECT payload FROM aws_lambda.invoke('payload', '{}'::json);
RESET ROLE;
GRANT USAGE ON SCHEMA aws_lambda TO granted_user;
SET ROLE granted_user;
SELECT payload FROM aws_lambda.invoke('payload', '{}'::json);
SELECT payload FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('payload'), '{}'::jsonb);
RESET ROLE;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO granted_user;
SET ROLE granted_user;
SELECT payload FROM aws_lambda.invoke('payload', '{}'::json);
SELECT payload FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('payload'), '{}'::jsonb);
-- a grant permits nothing more
CREATE FUNCTION aws_lambda.mine() RETURNS int LANGUAGE sql AS 'SELECT 1';
RESET ROLE;

-- search_path: objects of the caller are not used instead
CREATE SCHEMA trap AUTHORIZATION granted_user;
SET ROLE granted_user;
CREATE DOMAIN trap.text AS int;
CREATE DOMAIN trap.json AS int;
CREATE FUNCTION trap.text(pg_catalog.varchar) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT NULL::pg_catalog.text';
SET search_path = trap, pg_catalog;
SELECT payload->>'qualifier' AS qualifier FROM aws_lambda.invoke('echo', '{}'::pg_catalog.json, qualifier => '3');
SELECT payload->>'qualifier' AS qualifier
FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('echo'), '{}'::pg_catalog.jsonb, qualifier => '3');
RESET search_path;
RESET ROLE;
DROP OWNED BY granted_user CASCADE;

-- nor while the scripts run
DROP EXTENSION aws_lambda;
DROP EXTENSION aws_commons;
GRANT CREATE ON SCHEMA public TO PUBLIC;
SET ROLE granted_user;
CREATE DOMAIN public.text AS int;
CREATE DOMAIN public.json AS int;
CREATE DOMAIN public.bool AS int;
RESET ROLE;
SET search_path = public, pg_catalog;
CREATE EXTENSION aws_lambda CASCADE;
RESET search_path;
SELECT DISTINCT t.typnamespace::regnamespace
FROM pg_proc p, unnest(p.proargtypes::oid[] || coalesce(p.proallargtypes, '{}')) a(oid), pg_type t
WHERE p.pronamespace IN ('aws_lambda'::regnamespace, 'aws_commons'::regnamespace) AND t.oid = a.oid ORDER BY 1;
DROP OWNED BY granted_user CASCADE;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DROP ROLE granted_user;

-- a schema that belongs to somebody else is not taken over
DROP EXTENSION aws_lambda;
CREATE SCHEMA aws_lambda;
-- 18 also reports where in the script it happened
\set SHOW_CONTEXT never
CREATE EXTENSION aws_lambda;
\set SHOW_CONTEXT errors
DROP SCHEMA aws_lambda;
CREATE EXTENSION aws_lambda;
