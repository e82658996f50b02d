-- daybreak.allow: who may call what, once there is a rule. The scripted bridge counts what reaches it.
SET client_min_messages = warning;
CREATE EXTENSION daybreak CASCADE;
RESET client_min_messages;
CREATE ROLE guard_app;
CREATE ROLE "Guard Staff";
CREATE ROLE guard_member IN ROLE "Guard Staff";
GRANT USAGE ON SCHEMA aws_lambda TO guard_app, guard_member;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO guard_app, guard_member;
CREATE FUNCTION pg_temp.may(function_name text, region text DEFAULT NULL, type text DEFAULT 'RequestResponse', qualifier text DEFAULT NULL)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM aws_lambda.invoke(function_name, '{}'::json, region, type, 'None', NULL::json, qualifier);
    RETURN 'yes';
EXCEPTION WHEN insufficient_privilege THEN
    RETURN 'no';
END $$;
CREATE FUNCTION pg_temp.reached() RETURNS int LANGUAGE sql AS $$
    SELECT (payload->>'invocations')::int FROM aws_lambda.invoke('counters', '{}'::json)
$$;
GRANT ALL ON ALL FUNCTIONS IN SCHEMA pg_temp TO PUBLIC;

-- without a rule, EXECUTE is enough
SET ROLE guard_app;
SELECT pg_temp.may('echo');
SELECT * FROM daybreak.allowed;
RESET ROLE;

-- who may make rules
SET ROLE guard_app;
SELECT daybreak.allow('guard_app', '*');
SELECT daybreak.allow('guard_app'::regrole, '*');
SELECT daybreak.disallow(1);
SELECT daybreak.disallow('guard_app', '*');
INSERT INTO daybreak.allow_rules (role, pattern, types) VALUES ('guard_app', '*', '{Event}');
DELETE FROM daybreak.guarded;
RESET ROLE;

-- the first rule
SELECT daybreak.allow('guard_app', 'echo');
SELECT * FROM daybreak.allowed;
SELECT pg_temp.may('echo') AS superuser;
SET ROLE guard_app;
SELECT pg_temp.may('echo'), pg_temp.may('payload'), pg_temp.may('echo', NULL, 'Event'), pg_temp.may('echo', 'us-west-2');
SET ROLE guard_member;
SELECT pg_temp.may('echo');
RESET ROLE;

-- what a refusal says, in all overloads; nothing reaches the bridge
SELECT daybreak.allow('guard_app', 'counters', '{RequestResponse}');
SET ROLE guard_app;
SELECT pg_temp.reached() AS before \gset
SELECT * FROM aws_lambda.invoke('f', '{}'::json);
SELECT * FROM aws_lambda.invoke('f:prod', '{}'::jsonb, 'us-west-2', 'Event');
SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('123456789012:function:f', 'us-west-2'), '{}'::json);
SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('arn:aws:lambda:us-west-2:123456789012:function:f'), '{}'::jsonb, 'DryRun');
SELECT * FROM aws_lambda.invoke('counters', '{}'::json, NULL, 'Event');
SELECT * FROM aws_lambda.invoke('counters', '{}'::json, NULL, 'event');
SELECT * FROM aws_lambda.invoke('no function', '{}'::json);
SELECT * FROM aws_lambda.invoke(NULL::text, '{}'::json);
SELECT * FROM aws_lambda.invoke('(f,us-west-2)', '{}'::json, 'Event');
SELECT pg_temp.reached() - :before AS reached;
-- an explanation asks AWS, too
\x
SELECT * FROM daybreak.explain_invoke('stages', 'us-west-2');
SELECT * FROM daybreak.explain_invoke('no function');
\x
RESET ROLE;
SELECT mend FROM (SELECT set_config('role', 'guard_app', false)) r, LATERAL (SELECT mend FROM daybreak.explain_invoke('stages', 'us-west-2')) m \gset
RESET ROLE;
:mend
SET ROLE guard_app;
SELECT count(*) FROM daybreak.explain_invoke('stages', 'us-west-2');
RESET ROLE;

-- membership, roles named with capitals, PUBLIC, effective users
SELECT daybreak.allow('"Guard Staff"', 'payload');
SET ROLE guard_member;
SELECT pg_temp.may('payload'), pg_temp.may('echo');
SET ROLE "Guard Staff";
SELECT pg_temp.may('payload');
RESET ROLE;
GRANT USAGE ON SCHEMA aws_lambda TO "Guard Staff";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO "Guard Staff";
SET ROLE "Guard Staff";
SELECT pg_temp.may('payload');
SELECT * FROM aws_lambda.invoke('echo', '{}'::json);
RESET ROLE;
REVOKE "Guard Staff" FROM guard_member;
SET ROLE guard_member;
SELECT pg_temp.may('payload') AS "member no more";
RESET ROLE;
GRANT "Guard Staff" TO guard_member;
ALTER ROLE guard_member NOINHERIT;
REVOKE "Guard Staff" FROM guard_member;
GRANT "Guard Staff" TO guard_member;
SET ROLE guard_member;
SELECT pg_temp.may('payload') AS "member that does not inherit";
RESET ROLE;
SELECT daybreak.allow('Public', 'empty');
SET ROLE guard_member;
SELECT pg_temp.may('empty') AS public;
CREATE FUNCTION pg_temp.lent() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$SELECT pg_temp.may('echo')$$;
RESET ROLE;
SET ROLE guard_app;
SELECT pg_temp.lent() AS "SECURITY DEFINER of one who may not";
RESET ROLE;
SET SESSION AUTHORIZATION guard_app;
SELECT pg_temp.may('echo') AS "session authorization";
RESET SESSION AUTHORIZATION;

-- superusers
SELECT pg_temp.may('echo');
GRANT guard_app TO CURRENT_USER;
SELECT pg_temp.may('echo') AS "superuser as a member";
REVOKE guard_app FROM CURRENT_USER;
SET aws_lambda.superusers_exempt = on;
SELECT pg_temp.may('echo'), pg_temp.may('payload');
SET ROLE guard_app;
SELECT pg_temp.may('payload') AS "no superuser";
SET aws_lambda.superusers_exempt = on;
RESET ROLE;
RESET aws_lambda.superusers_exempt;
SELECT pg_temp.may('echo');

-- rules add up, and are taken back by types, patterns and numbers
SELECT daybreak.allow('guard_app', 'drip', '{DryRun}') = daybreak.allow('guard_app', 'drip', '{Event}') AS "same rule";
SELECT role, pattern, types FROM daybreak.allowed WHERE pattern = 'drip';
SELECT daybreak.disallow('guard_app', 'drip', '{DryRun}'), daybreak.disallow('guard_app', 'drip', '{DryRun}'), daybreak.disallow('guard_app', 'dri*');
SELECT role, pattern, types FROM daybreak.allowed WHERE pattern = 'drip';
SELECT daybreak.disallow(rule) FROM daybreak.allowed WHERE pattern = 'drip';
SELECT role, pattern, types FROM daybreak.allowed ORDER BY rule;

-- what makes no rule; versions tell the context differently
\set SHOW_CONTEXT never
SELECT daybreak.allow('guard_app', 'f', '{}');
SELECT daybreak.allow('guard_app', 'f', '{event}');
SELECT daybreak.allow('guard_app', 'f', '{NULL}');
SELECT daybreak.allow('guard_nobody', 'f');
SELECT daybreak.allow('-', 'f');
SELECT daybreak.allow('0', 'f');
SELECT daybreak.allow(4294967294::oid::regrole, 'f');
SELECT daybreak.allow('guard_app', NULL);
SELECT daybreak.allow(NULL::text, 'f');
SELECT daybreak.allow('guard_app', '');
SELECT daybreak.allow('guard_app', '123456789012:f');
SELECT daybreak.allow('guard_app', 'function:f');
SELECT daybreak.allow('guard_app', ':function:f');
SELECT daybreak.allow('guard_app', 'f:');
SELECT daybreak.allow('guard_app', 'f:$1');
SELECT daybreak.allow('guard_app', 'f g');
SELECT daybreak.allow('guard_app', 'a:b:c');
SELECT daybreak.allow('guard_app', 'x123:function:f');
SELECT daybreak.allow('guard_app', 'arn:aws:lambda:us-west-2:123456789012:*');
SELECT daybreak.allow('guard_app', 'arn:aws:s3:us-west-2:123456789012:function:f');
SELECT daybreak.allow('guard_app', 'arn:aws:lambda:us-west-2:123456789012:layer:f');
SELECT daybreak.allow('guard_app', 'arn:aws:lambda:US:123456789012:function:f');
SELECT daybreak.allow('guard_app', 'arn:aws:lambda:us-west-2:123456789012:function:f:g:h');
INSERT INTO daybreak.allow_rules (role, pattern, types) VALUES ('guard_app', 'f g', '{Event}');
UPDATE daybreak.allow_rules SET types = '{sometimes}';

\set SHOW_CONTEXT errors
-- how calls are compared with patterns
CREATE FUNCTION pg_temp.matching(pattern text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    number int := daybreak.allow('guard_app', pattern);
    call text[];
BEGIN
    PERFORM set_config('role', 'guard_app', true);
    FOREACH call SLICE 1 IN ARRAY ARRAY[
        ['f', '', ''], ['g', '', ''], ['ff', '', ''], ['f:prod', '', ''], ['f', '', 'prod'], ['f:$LATEST', '', ''], ['f', '', '$LATEST'],
        ['f', 'us-west-2', ''], ['f', 'eu-west-1', ''], ['function:f', '', ''], ['F', '', ''],
        ['123456789012:f', '', ''], ['123456789012:function:f', '', ''], ['123456789012:function:f:prod', '', ''],
        ['123456789012:function:f', 'us-west-2', ''], ['us-west-2:123456789012:function:f', '', ''],
        ['arn:aws:lambda:us-west-2:123456789012:function:f', '', ''], ['arn:aws:lambda:us-west-2:123456789012:function:f:prod', '', ''],
        ['arn:aws:lambda:eu-west-1:123456789012:function:f', '', ''], ['arn:aws:lambda:us-west-2:210987654321:function:f', '', ''],
        ['arn:aws-cn:lambda:cn-north-1:123456789012:function:f', '', ''], ['(f,us-west-2)', '', ''], ['("f:prod",us-west-2)', '', ''],
        ['(f,)', '', ''], ['("(f,)",)', '', '']]
    LOOP
        IF pg_temp.may(call[1], nullif(call[2], ''), 'RequestResponse', nullif(call[3], '')) = 'yes' THEN
            RETURN NEXT concat_ws(' ', call[1], nullif(call[2], ''), nullif(call[3], ''));
        END IF;
    END LOOP;
    PERFORM set_config('role', 'none', true);
    PERFORM daybreak.disallow(number);
END $$;
GRANT ALL ON FUNCTION pg_temp.matching(text) TO PUBLIC;
SELECT pattern, call FROM unnest(ARRAY['f', 'f*', '?', 'f?prod', '*', 'f:*', 'f:prod', 'f:$LATEST', '*:prod', '123456789012:function:f', '1*:function:f',
    '*:function:f', '*:function:*', 'arn:aws:lambda:us-west-2:123456789012:function:f', 'arn:aws:lambda:us-west-2:123456789012:function:f*',
    'arn:aws:lambda:us-*:*:function:f', 'arn:aws:lambda:us-west-2::function:f', 'arn:aws:lambda:*::function:f',
    'arn:*:lambda:*:123456789012:function:f', 'arn:aws:lambda:*:123456789012:function:f', 'arn:*:lambda:*:*:function:*']) WITH ORDINALITY p(pattern, n),
    LATERAL (SELECT call, k FROM pg_temp.matching(pattern) WITH ORDINALITY c(call, k)) m ORDER BY n, k;

-- a row literal has the type in the place of the Region
SELECT daybreak.allow('guard_app', 'stages', '{Event}') > 0;
SET ROLE guard_app;
SELECT status_code FROM aws_lambda.invoke('(stages,us-west-2)', '{}'::json, 'Event');
SELECT status_code FROM aws_lambda.invoke('(stages,us-west-2)', '{}'::json, 'RequestResponse', 'Event');
SELECT payload->>'function_name' AS name, payload->>'region' AS region, payload->>'invocation_type' AS type, payload->>'log_type' AS log
FROM aws_lambda.invoke('("echo",us-west-2)', '{}'::json, 'RequestResponse', 'Tail');
-- Region of a setting
SET aws_lambda.region = 'us-west-2';
SELECT * FROM aws_lambda.invoke('f', '{}'::json);
RESET aws_lambda.region;
RESET ROLE;

-- a transaction sees its own rules; what is rolled back never was
BEGIN;
SELECT daybreak.allow('guard_app', 'payload') > 0;
SET LOCAL ROLE guard_app;
SELECT pg_temp.may('payload');
RESET ROLE;
SAVEPOINT s;
SELECT daybreak.disallow('guard_app', 'payload');
SET LOCAL ROLE guard_app;
SELECT pg_temp.may('payload');
ROLLBACK TO SAVEPOINT s;
SET LOCAL ROLE guard_app;
SELECT pg_temp.may('payload');
ROLLBACK;
SET ROLE guard_app;
SELECT pg_temp.may('payload');
RESET ROLE;

-- rules of a role that is dropped give nothing, and are shown by number
CREATE ROLE guard_gone;
SELECT daybreak.allow('guard_gone', 'cut');
DROP ROLE guard_gone;
SELECT role ~ '^\d+$' AS "a number", pattern FROM daybreak.allowed WHERE pattern = 'cut';
SELECT daybreak.disallow(rule, '{Event}') FROM daybreak.allowed WHERE pattern = 'cut';
SELECT daybreak.disallow(rule) FROM daybreak.allowed WHERE pattern = 'cut';

-- neither row security nor rewrite rules nor a search_path nor a temporary table hide a rule
ALTER TABLE daybreak.allow_rules ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TEMP TABLE allow_rules (LIKE daybreak.allow_rules);
CREATE TEMP TABLE guarded (kind text);
SET search_path = pg_temp, public;
SET ROLE guard_app;
SELECT pg_temp.may('echo'), pg_temp.may('payload');
RESET ROLE;
RESET search_path;
ALTER TABLE daybreak.allow_rules DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
DROP TABLE pg_temp.allow_rules, pg_temp.guarded;

-- rules that are lost leave the database guarded
BEGIN;
TRUNCATE daybreak.allow_rules;
SET LOCAL ROLE guard_app;
SELECT pg_temp.may('echo');
RESET ROLE;
DELETE FROM daybreak.guarded;
SET LOCAL ROLE guard_app;
SELECT pg_temp.may('echo');
ROLLBACK;
SET ROLE guard_app;
SELECT pg_temp.may('echo'), pg_temp.may('payload');
RESET ROLE;
-- so does a table that is not what it was
\set SHOW_CONTEXT never
BEGIN;
ALTER TABLE daybreak.allow_rules RENAME COLUMN pattern TO patterns;
SAVEPOINT s;
SELECT pg_temp.may('echo');
ROLLBACK TO SAVEPOINT s;
ALTER TABLE daybreak.allow_rules RENAME COLUMN patterns TO pattern;
ALTER EXTENSION daybreak DROP TABLE daybreak.allow_rules;
ALTER TABLE daybreak.allow_rules RENAME TO elsewhere;
SELECT pg_temp.may('echo');
ROLLBACK;
\set SHOW_CONTEXT errors
-- a spoiled row gives nothing
BEGIN;
ALTER TABLE daybreak.allow_rules DISABLE TRIGGER ALL;
UPDATE daybreak.allow_rules SET pattern = 'arn' WHERE pattern = 'echo';
ALTER TABLE daybreak.allow_rules ENABLE TRIGGER ALL;
SET LOCAL ROLE guard_app;
SELECT pg_temp.may('echo');
ROLLBACK;

-- the last rule
SELECT count(daybreak.disallow(rule)) FROM daybreak.allowed;
SELECT * FROM daybreak.guarded;
SELECT pg_temp.may('payload') AS "no rule";
SELECT daybreak.allow('guard_app', 'echo') > 0;
SELECT pg_temp.may('payload') AS "a rule";
DROP EXTENSION daybreak;
SELECT pg_temp.may('payload') AS "no extension";
CREATE EXTENSION daybreak;
SELECT pg_temp.may('payload') AS "no rule";
SELECT daybreak.allow('guard_app', 'echo') > 0;
SELECT pg_temp.may('payload') AS "a rule";
DROP EXTENSION daybreak;

-- tables of that name which are not the extension's mean nothing
CREATE SCHEMA daybreak;
CREATE TABLE daybreak.guarded AS SELECT 'allow' AS kind;
CREATE TABLE daybreak.allow_rules (role regrole, pattern text, types text[]);
INSERT INTO daybreak.allow_rules VALUES (0, 'f', '{Event}');
SELECT pg_temp.may('payload') AS "somebody's tables";
SET client_min_messages = warning;
DROP SCHEMA daybreak CASCADE;
DROP OWNED BY guard_app, guard_member, "Guard Staff";
DROP ROLE guard_app, guard_member, "Guard Staff";
