-- Every version installs, every update path works, and all end in the same objects with the same grants.
DROP EXTENSION aws_lambda;
CREATE EXTENSION aws_lambda VERSION '1.0';
SELECT extversion FROM pg_extension WHERE extname = 'aws_lambda';
CREATE ROLE upgrade_user;
GRANT USAGE ON SCHEMA aws_lambda TO upgrade_user;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO upgrade_user;
SELECT payload FROM aws_lambda.invoke('payload', '"1.0"'::json);
CREATE TEMP TABLE before AS
    SELECT oid::regprocedure::text AS f, prosrc, proacl::text FROM pg_proc WHERE pronamespace = 'aws_lambda'::regnamespace;
ALTER EXTENSION aws_lambda UPDATE TO '2.0';
SELECT extversion FROM pg_extension WHERE extname = 'aws_lambda';
SELECT count(*) AS differences FROM (
    (TABLE before EXCEPT SELECT oid::regprocedure::text, prosrc, proacl::text FROM pg_proc WHERE pronamespace = 'aws_lambda'::regnamespace)
    UNION ALL
    (SELECT oid::regprocedure::text, prosrc, proacl::text FROM pg_proc WHERE pronamespace = 'aws_lambda'::regnamespace EXCEPT TABLE before)) d;
SET ROLE upgrade_user;
SELECT payload FROM aws_lambda.invoke('payload', '"2.0"'::json);
RESET ROLE;
ALTER EXTENSION aws_lambda UPDATE;
ALTER EXTENSION aws_lambda UPDATE TO '1.0';
SELECT * FROM pg_extension_update_paths('aws_lambda') ORDER BY 1, 2;
SELECT name, version, superuser, relocatable, schema, requires, comment FROM pg_available_extension_versions
WHERE name IN ('aws_lambda', 'aws_commons') ORDER BY 1, 2;
DROP OWNED BY upgrade_user;
DROP ROLE upgrade_user;
