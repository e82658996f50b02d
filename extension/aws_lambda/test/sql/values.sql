-- Values in both directions, byte for byte.

-- json as typed, in both directions: spacing, order, repeated keys, escapes
SELECT payload FROM aws_lambda.invoke('payload', '{ "bb" :1,  "a":2, "a": [ ],"e":"\u00fc\u0000" }'::json);
-- jsonb normalised, in both directions
SELECT payload FROM aws_lambda.invoke('payload', '{ "bb" :1,  "a":2, "a": [ ]}'::jsonb);
SELECT payload->>'payload' FROM aws_lambda.invoke('echo', '{ "bb" :1,  "a":2, "a": [ ]}'::jsonb);
SELECT payload->>'context' FROM aws_lambda.invoke('echo', '1'::json, context => '{ "b":1 }');
SELECT payload FROM aws_lambda.invoke('text:{"statusCode": 200, "body": "x"}', '1'::jsonb);

-- NULL is absent, empty is not
SELECT payload::jsonb - '{log_context,application_name}'::text[] FROM aws_lambda.invoke(NULL::text, NULL::json, NULL, NULL, NULL, NULL, NULL);
SELECT payload::jsonb - '{log_context,application_name}'::text[] FROM aws_lambda.invoke(''::text, '""'::json, '', '', '', '""', '');
SELECT payload - '{log_context,application_name}'::text[] FROM aws_lambda.invoke(NULL::text, NULL::jsonb);

-- statuses; no payload is SQL NULL, JSON null is not
SELECT status_code, payload IS NULL AS no_payload, executed_version, log_result
FROM aws_lambda.invoke('payload', '1'::json, invocation_type => 'Event');
SELECT status_code, payload IS NULL AS no_payload, executed_version, log_result
FROM aws_lambda.invoke('payload', '1'::json, invocation_type => 'DryRun');
SELECT status_code, payload, payload IS NULL AS no_payload FROM aws_lambda.invoke('payload', 'null'::json);
SELECT executed_version, convert_from(decode(log_result, 'base64'), 'utf-8')
FROM aws_lambda.invoke('payload', '1'::json, qualifier => '7', log_type => 'Tail');
SELECT payload, executed_version = '' AS version_empty, log_result = '' AS log_empty FROM aws_lambda.invoke('empty', '1'::json);

-- a newer bridge may send more
SELECT * FROM aws_lambda.invoke('newer-fields', '1'::json);

-- replies that are not JSON, not jsonb or not text
SELECT payload FROM aws_lambda.invoke('text:not json', '1'::json);
SELECT payload FROM aws_lambda.invoke('text:not json', '1'::jsonb);
SELECT payload FROM aws_lambda.invoke('text:', '1'::json);
SELECT payload FROM aws_lambda.invoke('text:"\u0000"', '1'::json);
SELECT payload FROM aws_lambda.invoke('text:"\u0000"', '1'::jsonb);
SELECT payload FROM aws_lambda.invoke('hex:2200ff22', '1'::json);
SELECT payload FROM aws_lambda.invoke('hex:22ff22', '1'::json);
-- the connection survives all of those
SELECT payload FROM aws_lambda.invoke('payload', '"still here"'::json);

-- sizes around the buffer and far beyond
SELECT n, length(payload::text) FROM unnest(ARRAY[2, 8100, 8130, 8140, 8150, 8187, 8188, 8192, 65536, 6291456, 16000000]) n,
    aws_lambda.invoke('large:' || n, '1'::json);
SELECT n, length(payload::text) FROM unnest(ARRAY[2, 8100, 8187, 8192, 65536, 6291456, 16000000]) n,
    aws_lambda.invoke('payload', to_json(repeat('x', n - 2)));
-- the size holds the digits of the process id, which differ
DO $$
DECLARE
    message text;
    detail text;
    hint text;
BEGIN
    PERFORM aws_lambda.invoke('payload', to_json(repeat('x', 16777216)));
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RAISE NOTICE E'% %\n%\n%', SQLSTATE, message, regexp_replace(detail, '\d\d bytes', '.. bytes'), hint;
END $$;
SELECT payload->>'function_name' FROM aws_lambda.invoke('drip', '1'::json);

-- composite values from a table
CREATE TABLE functions (id int PRIMARY KEY, arn aws_commons._lambda_function_arn_1);
INSERT INTO functions VALUES (1, aws_commons.create_lambda_function_arn('f1', 'eu-west-1')), (2, ROW('f2', NULL));
SELECT id, r.payload->>'function_name' AS function_name, r.payload->>'region' AS region
FROM functions, aws_lambda.invoke(arn, '{}'::json) r ORDER BY id;
DROP TABLE functions;
