-- PL/Python with the standard library, unsigned; urllib opens a connection per request.
CREATE EXTENSION IF NOT EXISTS plpython3u;

CREATE FUNCTION with_urllib(function_name text, payload json, endpoint text DEFAULT :'endpoint',
    OUT status_code int, OUT answer json, OUT executed_version text, OUT log_result text)
LANGUAGE plpython3u AS $$
import urllib.request
request = urllib.request.Request(
    f"{endpoint}/2015-03-31/functions/{function_name}/invocations", payload.encode(), {"Content-Type": "application/json"})
with urllib.request.urlopen(request) as reply:
    return reply.status, reply.read().decode(), reply.headers.get("X-Amz-Executed-Version"), reply.headers.get("X-Amz-Log-Result")
$$;
