-- PL/Python with boto3, as one would write it by hand; the client is made once a session.
CREATE EXTENSION IF NOT EXISTS plpython3u;

CREATE FUNCTION with_boto3(function_name text, payload json, endpoint text DEFAULT :'endpoint',
    OUT status_code int, OUT answer json, OUT executed_version text, OUT log_result text)
LANGUAGE plpython3u AS $$
client = GD.get("lambda")
if client is None:
    import boto3
    client = GD["lambda"] = boto3.client("lambda", endpoint_url=endpoint)
reply = client.invoke(FunctionName=function_name, Payload=payload.encode())
return reply["StatusCode"], reply["Payload"].read().decode(), reply.get("ExecutedVersion"), reply.get("LogResult")
$$;
