"""The few operations that a measurement calls, of Lambda above all, signed with Signature Version 4 over one kept connection."""

import base64
import hashlib
import hmac
import http.client
import io
import json
import re
import time
import zipfile
from urllib.parse import quote, urlencode, urlsplit

SERVICE = "lambda"


def signature_headers(host, method, path, body, credentials, region, service=SERVICE, **more):
    """Headers to send along; they stay valid for five minutes. `credentials`: access key, secret key. A query has to be in canonical form.
    `more`: other headers, which are signed too, as those of AWS's own have to be."""
    path, _, query = path.partition("?")
    access_key, secret_key = credentials
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    headers = {"Content-Type": "application/json", "X-Amz-Date": stamp, **more}
    canonical = sorted((name.lower(), value) for name, value in {**headers, "Host": host}.items())
    names = ";".join(name for name, _ in canonical)
    request = "\n".join([
        method, quote(path, safe="/"), query, *(f"{name}:{value}" for name, value in canonical), "", names,
        hashlib.sha256(body).hexdigest()])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"AWS4{secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return {**headers, "Authorization": f"AWS4-HMAC-SHA256 Credential={access_key}/{scope}, SignedHeaders={names}, Signature={signature}"}


class ApiError(Exception):
    """The API's own status and body."""


class LambdaApi:
    def __init__(self, endpoint, credentials, region):
        self._host = urlsplit(endpoint).netloc
        self._credentials, self._region = credentials, region
        self._connection = http.client.HTTPConnection(self._host, timeout=60)

    def create_role(self, name):
        """A role that Lambda may assume. It is created once and used by all functions."""
        trust = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        try:
            self.iam("CreateRole", RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
        except ApiError as error:
            if "EntityAlreadyExists" not in str(error):
                raise

    def create_user(self, name, *statements):
        """A user with an attached policy for each statement. Returns its access key and secret key."""
        self.iam("CreateUser", UserName=name)
        for number, statement in enumerate(statements):
            policy = self.iam("CreatePolicy", PolicyName=f"{name}-{number}", PolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": statement}))
            self.iam("AttachUserPolicy", UserName=name, PolicyArn=element(policy, "Arn"))
        key = self.iam("CreateAccessKey", UserName=name)
        return element(key, "AccessKeyId"), element(key, "SecretAccessKey")

    def iam(self, action, **parameters):
        return self.query("iam", "2010-05-08", action, **parameters)

    def query(self, service, version, action, **parameters):
        """The XML of the answer."""
        form = urlencode({"Action": action, "Version": version, **parameters}, quote_via=quote)
        return self.call("POST", "/", form.encode(), service=service).decode()

    def create_function(self, name, runtime, handler, file_name, source):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as files:
            entry = zipfile.ZipInfo(file_name)
            entry.external_attr = 0o644 << 16
            files.writestr(entry, source)
        self.call("POST", "/2015-03-31/functions", json.dumps({
            "FunctionName": name, "Runtime": runtime, "Handler": handler, "Role": "arn:aws:iam::444455556666:role/bench",
            "MemorySize": 512, "Timeout": 10, "Code": {"ZipFile": base64.b64encode(archive.getvalue()).decode()}}).encode())
        while json.loads(self.call("GET", f"/2015-03-31/functions/{name}/configuration"))["State"] == "Pending":
            time.sleep(0.005)

    def invoke(self, name, payload):
        return self.call("POST", f"/2015-03-31/functions/{name}/invocations", payload)

    def invoke_headers(self, name, payload, kind="RequestResponse"):
        """For a client that sends the same request over and over."""
        return signature_headers(
            self._host, "POST", f"/2015-03-31/functions/{name}/invocations", payload, self._credentials, self._region,
            **{"X-Amz-Invocation-Type": kind})

    def logs(self, operation, **parameters):
        """The answer of CloudWatch Logs."""
        return json.loads(self.call("POST", "/", json.dumps(parameters).encode(), "logs", **{
            "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"Logs_20140328.{operation}"}) or b"{}")

    def call(self, method, path, body=b"", service=SERVICE, **headers):
        self._connection.request(
            method, path, body, signature_headers(self._host, method, path, body, self._credentials, self._region, service, **headers))
        reply = self._connection.getresponse()
        answer = reply.read()
        if reply.status >= 300 or reply.headers.get("X-Amz-Function-Error"):
            raise ApiError(f"{method} {path}: {reply.status} {answer.decode(errors='replace')}")
        return answer


def element(xml, name):
    """The text of the first one of that name."""
    return re.search(f"<{name}>([^<]+)</{name}>", xml)[1]
