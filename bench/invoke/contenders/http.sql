-- pgsql-http, unsigned, with its connection kept.
CREATE EXTENSION IF NOT EXISTS http;
ALTER DATABASE bench SET http.keepalive = 1;

CREATE FUNCTION with_http(function_name text, payload json, endpoint text DEFAULT :'endpoint',
    OUT status_code int, OUT answer json)
LANGUAGE sql AS $$
    SELECT status, content::json
    FROM http(('POST', endpoint || '/2015-03-31/functions/' || function_name || '/invocations',
               NULL, 'application/json', payload::text)::http_request)
$$;
