-- daybreak.assume: with which IAM role a database role's calls are made. The scripted bridge answers "echo" with the fields received.
SET client_min_messages = warning;
CREATE EXTENSION daybreak CASCADE;
RESET client_min_messages;
CREATE ROLE assume_app;
CREATE ROLE "assume Büro/é";
CREATE ROLE assume_one;
CREATE ROLE assume_two;
CREATE ROLE assume_member IN ROLE assume_one;
GRANT USAGE ON SCHEMA aws_lambda TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO PUBLIC;
CREATE FUNCTION pg_temp.sent() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', payload->>'iam_role', payload->>'external_id', payload->>'session_name') FROM aws_lambda.invoke('echo', '{}'::json)
$$;
CREATE FUNCTION pg_temp.lent() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT pg_temp.sent()';
GRANT ALL ON ALL FUNCTIONS IN SCHEMA pg_temp TO PUBLIC;

-- who may
SET ROLE assume_app;
SELECT daybreak.assume('assume_app', 'arn:aws:iam::123456789012:role/admin');
SELECT daybreak.assume('assume_app'::regrole, 'arn:aws:iam::123456789012:role/admin');
SELECT daybreak.unassume('assume_app');
INSERT INTO daybreak.assume_rules VALUES ('assume_app', 'arn:aws:iam::123456789012:role/admin');
RESET ROLE;

-- what is no role
\set SHOW_CONTEXT never
SELECT daybreak.assume('assume_app', 'admin');
SELECT daybreak.assume('assume_app', 'arn:aws:iam::123456789012:user/admin');
SELECT daybreak.assume('assume_app', 'arn:aws:iam::12345678901:role/admin');
SELECT daybreak.assume('assume_app', 'arn:aws:iam::123456789012:role/');
SELECT daybreak.assume('assume_app', 'arn:aws:iam::123456789012:role/a b');
SELECT daybreak.assume('assume_app', 'arn:aws:iam::123456789012:role/a', 'x');
SELECT daybreak.assume('assume_app', 'arn:aws:iam::123456789012:role/a', E'x\ny');
SELECT daybreak.assume('assume_nobody', 'arn:aws:iam::123456789012:role/a');
\set SHOW_CONTEXT errors

-- own role, members, PUBLIC, effective user; names that STS would not take
SELECT daybreak.assume('assume_app', 'arn:aws:iam::123456789012:role/app', 'partner-7');
SELECT daybreak.assume('"assume Büro/é"', 'arn:aws-cn:iam::123456789012:role/path/büro');
SELECT daybreak.assume('"assume Büro/é"', 'arn:aws-cn:iam::123456789012:role/path/office');
SELECT daybreak.assume('assume_one', 'arn:aws:iam::123456789012:role/one');
SELECT * FROM daybreak.assumed ORDER BY role COLLATE "C";
SELECT pg_temp.sent() AS "the server's own";
SET ROLE assume_app;
SELECT pg_temp.sent(), pg_temp.lent() AS "effective user";
SET ROLE "assume Büro/é";
SELECT pg_temp.sent();
SET ROLE assume_member;
SELECT pg_temp.sent() AS inherited;
RESET ROLE;
SELECT daybreak.assume('public', 'arn:aws:iam::123456789012:role/everybody');
SELECT pg_temp.sent();
GRANT assume_two TO assume_member;
SELECT daybreak.assume('assume_two', 'arn:aws:iam::123456789012:role/one');
SET ROLE assume_member;
SELECT pg_temp.sent() AS "the same twice";
RESET ROLE;
SELECT daybreak.assume('assume_two', 'arn:aws:iam::123456789012:role/one', 'other');
SET ROLE assume_member;
SELECT aws_lambda.invoke('echo', '{}'::json);
RESET ROLE;
SELECT daybreak.assume('assume_member', 'arn:aws:iam::123456789012:role/member');
SET ROLE assume_member;
SELECT pg_temp.sent() AS "its own first";
-- explanations are told, too
SELECT e->>'iam_role' AS role, e->>'external_id' AS external_id, e->>'session_name' AS session, e->>'user' AS "user" FROM daybreak.explain_invoke_json('f') e;
RESET ROLE;
SELECT daybreak.unassume('assume_member'), daybreak.unassume('assume_member'), daybreak.unassume('PUBLIC'), daybreak.unassume('assume_two');
SET ROLE assume_member;
SELECT pg_temp.sent();
RESET ROLE;
SELECT pg_temp.sent() AS "the server's own";

-- a bridge that does not know the field is not asked: it would call with the server's identity
COPY (SELECT 'old') TO PROGRAM 'cat > pg_stat_tmp/peer.greeting';
\c
SET ROLE assume_app;
SELECT payload FROM aws_lambda.invoke('payload', '1'::json);
SELECT stage, state, evidence FROM daybreak.explain_invoke('stages');
RESET ROLE;
SELECT payload FROM aws_lambda.invoke('payload', '"without a role"'::json);
COPY (SELECT '') TO PROGRAM 'cat > pg_stat_tmp/peer.greeting';
\c

-- rules that are lost stop the calls, until the administrator decides
BEGIN;
TRUNCATE daybreak.assume_rules;
SELECT aws_lambda.invoke('payload', '1'::json);
ROLLBACK;
BEGIN;
TRUNCATE daybreak.assume_rules;
DELETE FROM daybreak.guarded WHERE kind = 'assume';
SELECT payload FROM aws_lambda.invoke('payload', '1'::json);
ROLLBACK;
BEGIN;
TRUNCATE daybreak.assume_rules;
SELECT daybreak.unassume('assume_app'), daybreak.unassume(NULL::regrole);
SELECT * FROM daybreak.guarded;
ROLLBACK;
SELECT count(daybreak.unassume(role)) FROM daybreak.assumed;
SELECT * FROM daybreak.guarded;
SELECT payload FROM aws_lambda.invoke('payload', '1'::json);

REVOKE USAGE ON SCHEMA aws_lambda FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda FROM PUBLIC;
DROP EXTENSION daybreak;
DROP ROLE assume_app, "assume Büro/é", assume_member, assume_one, assume_two;
