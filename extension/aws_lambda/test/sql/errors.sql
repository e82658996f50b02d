-- Failures: texts, SQLSTATEs, the one line of CONTEXT.
\set SHOW_CONTEXT always
SELECT * FROM aws_lambda.invoke('error:LM003', '{}'::json);
SELECT * FROM aws_lambda.invoke('bare:LM100', '{}'::jsonb);
SELECT * FROM aws_lambda.invoke(ROW('bare:LM004', NULL), '{}'::json);
SELECT * FROM aws_lambda.invoke(ROW('bare:LM005', NULL), '{}'::jsonb);

-- every part of an error reaches PL/pgSQL; its class distinguishes a throttle from a refused permission
CREATE FUNCTION failure(function_name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE message text; detail text; hint text; context text;
BEGIN
    PERFORM aws_lambda.invoke(function_name, '{}'::json);
    RETURN 'none';
EXCEPTION
    WHEN SQLSTATE 'LM004' THEN RETURN 'throttled';
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
            context = PG_EXCEPTION_CONTEXT;
        RETURN concat_ws(' | ', SQLSTATE, message, NULLIF(detail, ''), NULLIF(hint, ''), split_part(context, E'\n', 1));
END $$;
SELECT failure('error:LM004');
SELECT failure('error:LM003');
SELECT failure('bare:LM100');

-- SQLSTATEs that are malformed or do not mean a failure
SELECT state, failure('bare:' || state)
FROM unnest(ARRAY['00000', '01000', '02000', '03000', 'lm000', 'LM00', 'LM0000', 'LM 00', 'XX000', 'ZZZZZ']) state;

-- replies that break the rules of frames.md: LM900 each time, and the next call works
SELECT fault, failure(fault), (SELECT payload FROM aws_lambda.invoke('payload', '"next"'::json)) AS next
FROM unnest(ARRAY['zero', 'oversized', 'garbage', 'unknown-type', 'twice', 'overrun', 'no-status', 'wrong-id',
                  'welcome-again', 'id-0', 'extra']) fault;

-- the transaction is aborted unless the error is caught
BEGIN;
SELECT status_code FROM aws_lambda.invoke('bare:LM000', '{}'::json);
SELECT 1;
ROLLBACK;
BEGIN;
SELECT failure('bare:LM000');
SELECT status_code FROM aws_lambda.invoke('payload', '{}'::json);
COMMIT;
DROP FUNCTION failure(text);
