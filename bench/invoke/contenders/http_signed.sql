-- pgsql-http with Signature Version 4 made in PL/pgSQL by pgcrypto: what real AWS Lambda asks of it. Fixed example keys.
CREATE EXTENSION IF NOT EXISTS http;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
ALTER DATABASE bench SET http.keepalive = 1;

CREATE FUNCTION sigv4_authorization(host text, path text, payload text, at timestamptz,
    access_key text, secret_key text, region text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    stamp text := to_char(at AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"');
    scope text := left(stamp, 8) || '/' || region || '/lambda/aws4_request';
    request text := E'POST\n' || path || E'\n\ncontent-type:application/json\nhost:' || host || E'\nx-amz-date:' || stamp
        || E'\n\ncontent-type;host;x-amz-date\n' || encode(sha256(convert_to(payload, 'UTF8')), 'hex');
    signing_key bytea := hmac('aws4_request', hmac('lambda', hmac(convert_to(region, 'UTF8'),
        hmac(convert_to(left(stamp, 8), 'UTF8'), convert_to('AWS4' || secret_key, 'UTF8'), 'sha256'), 'sha256'), 'sha256'), 'sha256');
    to_sign text := E'AWS4-HMAC-SHA256\n' || stamp || E'\n' || scope || E'\n' || encode(sha256(convert_to(request, 'UTF8')), 'hex');
BEGIN
    RETURN 'AWS4-HMAC-SHA256 Credential=' || access_key || '/' || scope || ', SignedHeaders=content-type;host;x-amz-date, Signature='
        || encode(hmac(convert_to(to_sign, 'UTF8'), signing_key, 'sha256'), 'hex');
END
$$;

CREATE FUNCTION with_http_signed(function_name text, payload json, endpoint text DEFAULT :'endpoint',
    OUT status_code int, OUT answer json)
LANGUAGE plpgsql AS $$
DECLARE
    path text := '/2015-03-31/functions/' || function_name || '/invocations';
    at timestamptz := clock_timestamp();
BEGIN
    SELECT status, content::json INTO status_code, answer
    FROM http(('POST', endpoint || path,
        ARRAY[http_header('X-Amz-Date', to_char(at AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')),
              http_header('Authorization', sigv4_authorization(split_part(endpoint, '//', 2), path, payload::text, at,
                  'AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'us-east-1'))],
        'application/json', payload::text)::http_request);
END
$$;
