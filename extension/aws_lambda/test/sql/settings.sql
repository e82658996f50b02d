-- Settings that a session may set, and settings that it may not.
SHOW aws_lambda.connect_timeout_ms;
-- not loaded yet, as this server does not preload: a placeholder takes any text
SET aws_lambda.request_timeout_ms = 2500;
SET aws_lambda.region = 'eu-west-1';
SELECT payload->>'connect_timeout_ms' AS connect, payload->>'request_timeout_ms' AS request,
       payload->>'default_region' AS region, payload->>'endpoint_override' AS endpoint
FROM aws_lambda.invoke('echo', '{}'::json);
SELECT name, setting, unit, context, vartype, min_val, max_val, boot_val FROM pg_settings
WHERE name LIKE 'aws_lambda.%' AND name <> 'aws_lambda.bridge_program' ORDER BY 1;

-- out of range; 17 words the range differently
\set VERBOSITY sqlstate
SET aws_lambda.request_timeout_ms = 0;
SET aws_lambda.request_timeout_ms = 900001;
SET aws_lambda.connect_timeout_ms = 0;
\set VERBOSITY default
SET aws_lambda.connect_timeout_ms = 'soon';
SET aws_lambda.connect_timeout_ms = 900000;
SET aws_lambda.request_timeout_ms = '15min';
SELECT payload->>'connect_timeout_ms' AS connect, payload->>'request_timeout_ms' AS request
FROM aws_lambda.invoke('echo', '{}'::json);
RESET ALL;
SELECT payload->>'connect_timeout_ms' AS connect, payload->>'request_timeout_ms' AS request,
       payload->>'default_region' AS region
FROM aws_lambda.invoke('echo', '{}'::json);
-- since 15 nobody else may use the prefix
DO $$
BEGIN
    PERFORM set_config('aws_lambda.no_such_setting', '1', false);
    ASSERT current_setting('server_version_num')::int < 150000;
EXCEPTION WHEN invalid_name THEN
    ASSERT current_setting('server_version_num')::int >= 150000;
END $$;

-- the trace that a call belongs to: in the setting, and in a comment of the statement, which counts first
SET aws_lambda.traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json);
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json) /*action='%2Forders',traceparent='00-11111111111111111111111111111111-2222222222222222-00',tracestate='a%3D1'*/;
/* traceparent='00-33333333333333333333333333333333-4444444444444444-01' */ SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json);
-- a comment without a valid one, or elsewhere, and text that looks like a comment
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json) /*traceparent='00-00000000000000000000000000000000-2222222222222222-00'*/;
SELECT payload->>'traceparent' /*traceparent='00-11111111111111111111111111111111-2222222222222222-00'*/ AS traceparent FROM aws_lambda.invoke('echo', '{}'::json);
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '"/*traceparent=''00-11111111111111111111111111111111-2222222222222222-00''*/"'::json);
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json) /*xtraceparent='00-11111111111111111111111111111111-2222222222222222-00'*/;
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json) /*traceparent='00-1*/;
-- of a later version only what is known is passed on
SET aws_lambda.traceparent = 'cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later';
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json);
SET aws_lambda.traceparent = '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01';
SET aws_lambda.traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more';
SET aws_lambda.traceparent = 'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
SET aws_lambda.traceparent = '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01';
SET aws_lambda.traceparent = '00-';
SET aws_lambda.traceparent = '';
SELECT payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json);
RESET aws_lambda.traceparent;
-- The session's name goes along.
SET application_name = 'orders api';
SELECT payload->>'application_name' AS application_name FROM aws_lambda.invoke('echo', '{}'::json);
SET application_name = '';
SELECT payload ? 'application_name' AS is_named FROM (SELECT payload::jsonb FROM aws_lambda.invoke('echo', '{}'::json)) AS reply;
RESET application_name;

-- nobody sets these in a session, not even a superuser
SET aws_lambda.endpoint_override = 'http://127.0.0.1:1';
SET LOCAL aws_lambda.bridge_program = '/bin/false';
SET aws_lambda.bridge_socket = '/tmp/socket';
SET aws_lambda.max_connections = 1;
SET aws_lambda.stat_max = 1;
SET aws_lambda.max_in_flight = 1;
SET aws_lambda.max_in_flight_per_role = 1;
SET aws_lambda.max_in_flight_per_function = 1;
SET aws_lambda.breaker_failures = 1;
SET aws_lambda.breaker_pause_ms = 1;
SELECT set_config('aws_lambda.endpoint_override', 'http://127.0.0.1:1', true);
CREATE FUNCTION sneak() RETURNS text LANGUAGE sql SET aws_lambda.endpoint_override = 'x' AS 'SELECT 1::text';
ALTER ROLE CURRENT_USER SET aws_lambda.endpoint_override = 'http://127.0.0.1:1';
ALTER DATABASE contrib_regression SET aws_lambda.bridge_program = '/bin/false';

-- superusers set this, and whom they let
\set VERBOSITY sqlstate
SET aws_lambda.log_min_duration_ms = -2; -- the text has units since PostgreSQL 17
\set VERBOSITY default
SET aws_lambda.log_min_duration_ms = '1s';
SHOW aws_lambda.log_min_duration_ms;
RESET aws_lambda.log_min_duration_ms;

-- nor does a value that an ordinary user set before the library was loaded survive its loading
CREATE ROLE settings_user LOGIN;
GRANT USAGE ON SCHEMA aws_lambda TO settings_user;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO settings_user;
\c - settings_user
SET aws_lambda.endpoint_override = 'http://127.0.0.1:1';
SET aws_lambda.bridge_program = '/bin/false';
SET aws_lambda.bridge_socket = '/tmp/socket';
SET aws_lambda.max_connections = 7;
SET aws_lambda.log_min_duration_ms = 0;
SET aws_lambda.request_timeout_ms = 2600;
SHOW aws_lambda.endpoint_override;
SELECT payload->>'endpoint_override' AS endpoint, payload->>'request_timeout_ms' AS request
FROM aws_lambda.invoke('echo', '{}'::json);
SHOW aws_lambda.endpoint_override;
SHOW aws_lambda.bridge_socket;
SHOW aws_lambda.max_connections;
SHOW aws_lambda.log_min_duration_ms;
SET aws_lambda.log_min_duration_ms = 0;
-- the same for settings of the role and options of the connection
\c - settings_user
ALTER ROLE settings_user SET aws_lambda.request_timeout_ms = 2700;
ALTER ROLE settings_user SET aws_lambda.endpoint_override = 'http://127.0.0.1:1';
\c - settings_user
SELECT payload->>'endpoint_override' AS endpoint, payload->>'request_timeout_ms' AS request
FROM aws_lambda.invoke('echo', '{}'::json);
\c -reuse-previous=on "options='-c aws_lambda.endpoint_override=http://127.0.0.1:2'"
SELECT payload->>'endpoint_override' AS endpoint, payload->>'request_timeout_ms' AS request
FROM aws_lambda.invoke('echo', '{}'::json);
\c -reuse-previous=on "user=postgres options=''"
DROP OWNED BY settings_user;
DROP ROLE settings_user;

-- a bridge that does not know the field is called without it
COPY (SELECT 'old') TO PROGRAM 'cat > pg_stat_tmp/peer.greeting';
\c
SET aws_lambda.traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
SELECT payload->>'function_name' AS name, payload->>'traceparent' AS traceparent FROM aws_lambda.invoke('echo', '{}'::json);
COPY (SELECT '') TO PROGRAM 'cat > pg_stat_tmp/peer.greeting';
\c
