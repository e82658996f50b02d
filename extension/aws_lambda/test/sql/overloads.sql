-- PostgreSQL chooses overloads as on Aurora: AWS's own examples depend on it, and what is ambiguous there is ambiguous here.
CREATE FUNCTION shown(payload json) RETURNS text LANGUAGE sql AS $$
    SELECT CASE payload->>'form' WHEN '0' THEN 'text' ELSE 'composite' END
        || format(': function_name=%s region=%s type=%s log=%s context=%s qualifier=%s',
                  payload->>'function_name', payload->>'region', payload->>'invocation_type', payload->>'log_type',
                  payload->>'context', payload->>'qualifier') $$;
CREATE FUNCTION shown(payload jsonb) RETURNS text LANGUAGE sql AS $$ SELECT shown(payload::json) $$;
SELECT aws_commons.create_lambda_function_arn('my-function', 'us-west-2') AS arn \gset

SELECT shown(payload) FROM aws_lambda.invoke(:'arn', '{}'::json);
-- Event and DryRun return no payload, so these use types that the peer treats as RequestResponse to show what was sent
SELECT shown(payload) FROM aws_lambda.invoke(:'arn', '{}'::json, 'Event');
SELECT shown(payload) FROM aws_lambda.invoke(:'arn', '{}'::json, 'RequestResponse', 'Tail');
SELECT shown(payload) FROM aws_lambda.invoke(:'arn', '{}'::json, invocation_type => 'RequestResponse');
SELECT shown(payload) FROM aws_lambda.invoke(:'arn', '{}'::json, 'RequestResponse', 'None', NULL, '3');
SELECT shown(payload) FROM aws_lambda.invoke(:'arn', '{}'::json, 'RequestResponse', 'None', NULL::json, '3');
SELECT shown(payload) FROM aws_lambda.invoke(:'arn'::aws_commons._lambda_function_arn_1, '{}'::json, 'RequestResponse');
SELECT status_code FROM aws_lambda.invoke(:'arn'::aws_commons._lambda_function_arn_1, '{}'::json, 'Event');
SELECT shown(payload)
FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('my-function', 'us-west-2'), '{}'::json, 'RequestResponse');
SELECT shown(payload)
FROM aws_lambda.invoke('f', '{}'::json, 'us-west-2', 'RequestResponse', 'Tail', '{"custom":{}}', '3');
SELECT shown(payload) FROM aws_lambda.invoke(ROW('f', 'r'), '{}'::jsonb);
SELECT shown(payload) FROM aws_lambda.invoke('f'::varchar, '{}'::json);
SELECT shown(payload) FROM aws_lambda.invoke('f', '{"a":1}');
SELECT shown(payload) FROM aws_lambda.invoke('f', NULL);
SELECT shown(payload) FROM aws_lambda.invoke('f', '{}'::text);
SELECT shown(payload) FROM aws_lambda.invoke('f', '{}'::jsonb, context => '{}'::json);
SELECT shown(payload) FROM aws_lambda.invoke('f', '{}'::jsonb, context => '{}'::jsonb);
PREPARE untyped AS SELECT shown(payload) FROM aws_lambda.invoke($1, $2);
PREPARE typed AS SELECT shown(payload) FROM aws_lambda.invoke($1, $2::json);
EXECUTE typed('f', '{}');
-- the composite form has no region argument; names may be used for all arguments
SELECT shown(payload) FROM aws_lambda.invoke(ROW('f', 'r'), '{}'::json, region => 'r2');
SELECT shown(payload) FROM aws_lambda.invoke(qualifier => 'q', payload => '{}'::json, function_name => 'f', log_type => 'Tail');
-- a NULL composite is a NULL name and a NULL region
SELECT shown(payload) FROM aws_lambda.invoke(NULL::aws_commons._lambda_function_arn_1, '{}'::json);
-- varchar(128) is not enforced on arguments: the bridge checks the length
SELECT length(payload->>'qualifier') FROM aws_lambda.invoke('f', '{}'::json, qualifier => repeat('q', 200));

DROP FUNCTION shown(json), shown(jsonb);

-- an owner who has altered the composite type gets an error that says so
BEGIN;
ALTER TYPE aws_commons._lambda_function_arn_1 ALTER ATTRIBUTE region TYPE int4;
SELECT payload FROM aws_lambda.invoke(ROW('echo', 1), '{}'::json);
ROLLBACK;
