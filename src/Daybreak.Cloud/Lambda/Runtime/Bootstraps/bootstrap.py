"""Runs a Python handler against the Lambda Runtime API: one kept connection, no HTTP library, the next event asked for in
the same packet that carries a result."""

import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback

import older_boto3  # its import is its effect
from lambda_runtime_marshaller import to_json

_ENVIRONMENT = os.environ
_UNHANDLED = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. However, in rare cases, a Lambda "
    "runtime update can cause unexpected function behavior. For functions using managed runtimes, runtime updates can be triggered by a "
    "function change, or can be applied automatically. To determine if the runtime has been updated, check the runtime version in the "
    "INIT_START log entry. If this error correlates with a change in the runtime version, you may be able to mitigate this error by "
    "temporarily rolling back to the previous runtime version. For more information, see "
    "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r")
_request_id = ""
_JSON = _ENVIRONMENT.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
# What a record of the library has anyway; the rest is what the function adds.
_OWN = set(vars(logging.makeLogRecord({}))) | {"aws_request_id", "message", "asctime", "taskName"}


class Fault(Exception):
    """A failure that the runtime names itself."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind, self.trace = kind, trace or []


class Record:
    def __init__(self, names, values):
        for name in names:
            setattr(self, name, values.get(name))
        self._names = names

    def __repr__(self):
        return "%s([%s])" % (type(self).__name__, ",".join("%s=%s" % (name, getattr(self, name)) for name in self._names))


CognitoIdentity, Client, ClientContext = (type(name, (Record,), {}) for name in ("CognitoIdentity", "Client", "ClientContext"))


class LambdaContext:
    log_group_name = _ENVIRONMENT.get("AWS_LAMBDA_LOG_GROUP_NAME")
    log_stream_name = _ENVIRONMENT.get("AWS_LAMBDA_LOG_STREAM_NAME")
    function_name = _ENVIRONMENT.get("AWS_LAMBDA_FUNCTION_NAME")
    memory_limit_in_mb = _ENVIRONMENT.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
    function_version = _ENVIRONMENT.get("AWS_LAMBDA_FUNCTION_VERSION")

    def __init__(self, request_id, arn, deadline, client_context, identity):
        self.aws_request_id = request_id
        # The fixed ones too, so that vars(context) shows what it shows on AWS.
        self.log_group_name = LambdaContext.log_group_name
        self.log_stream_name = LambdaContext.log_stream_name
        self.function_name = LambdaContext.function_name
        self.memory_limit_in_mb = LambdaContext.memory_limit_in_mb
        self.function_version = LambdaContext.function_version
        self.invoked_function_arn = arn
        self.tenant_id = None
        self.client_context = None
        if client_context:
            given = _parsed(client_context, "Client Context")
            self.client_context = ClientContext(("custom", "env", "client"), given)
            if self.client_context.client is not None:
                self.client_context.client = Client(
                    ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"),
                    self.client_context.client)
        given = _parsed(identity, "Cognito Identity") if identity else {}
        self.identity = CognitoIdentity(("cognito_identity_id", "cognito_identity_pool_id"), {
            "cognito_identity_id": given.get("cognitoIdentityId"), "cognito_identity_pool_id": given.get("cognitoIdentityPoolId")})
        self._epoch_deadline_time_in_ms = deadline

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        return "LambdaContext([%s])" % ",".join("%s=%s" % (name, value) for name, value in vars(self).items() if name[0] != "_")


def _parsed(text, name):
    try:
        return json.loads(text)
    except Exception as error:
        raise Fault("Runtime.LambdaContextUnmarshalError", "Unable to parse %s JSON: %s" % (name, error))


def _result(value):
    if isinstance(value, bytes):
        return value
    try:
        return to_json(value)
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def _handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (name, error))
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault("Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        raise Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error),
                    ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)])
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))


def _error(error, request_id):
    """The error payload: requestId came with Python 3.9."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        frames = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in traceback.extract_tb(error.__traceback__)]
        first = next((index for index, frame in enumerate(frames) if frame[0] != __file__), 0)
        kind, trace = type(error).__name__, traceback.format_list(frames[first:])
    payload = {"errorMessage": str(error), "errorType": kind}
    if _ENVIRONMENT.get("AWS_EXECUTION_ENV") != "AWS_Lambda_python3.8":
        payload["requestId"] = request_id
    payload["stackTrace"] = trace
    return payload


def _log_event(message):
    """One log event, whatever its lines: AWS's frame, which the other end of the pipe knows."""
    if "DAYBREAK_DEBUGGED" in _ENVIRONMENT:
        print(message.rstrip("\n"))  # for a terminal or a debugger
        return
    sys.stdout.flush()
    data = message.encode("utf-8", "backslashreplace")
    frame = b"\xa5\x5a\x00\x03" + len(data).to_bytes(4, "big") + (time.time_ns() // 1000).to_bytes(8, "big") + data
    while frame:
        frame = frame[os.write(1, frame):]


def _log_error(payload):
    if _JSON:
        _log_event(to_json({"timestamp": time.strftime(_TIME, time.gmtime()), "log_level": "ERROR", **payload}))
        return
    lines = ["[ERROR] %s%s%s" % (
        payload["errorType"], ": " if payload["errorType"] and payload["errorMessage"] else "", payload["errorMessage"]),
        "Traceback (most recent call last):"]
    for part in payload["stackTrace"]:
        for line in part.splitlines():
            text = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(text)) + text)
    _log_event("\n".join(lines))


class _LogHandler(logging.Handler):
    def emit(self, record):
        record.aws_request_id = _request_id
        _log_event(self.format(record))


class _JsonFormatter(logging.Formatter):
    def format(self, record):
        level = min(50, max(0, record.levelno)) // 10 * 10
        told = {
            "timestamp": self.formatTime(record, _TIME), "level": logging.getLevelName(level), "message": record.getMessage(),
            "logger": record.name}
        if record.exc_info:
            kind, error, trace = record.exc_info
            told.update(stackTrace=traceback.format_tb(trace), errorType=kind.__name__ if kind else None, errorMessage=str(error))
        told["requestId"] = record.aws_request_id
        if record.exc_info:
            told["location"] = "%s:%s:%s" % (record.pathname, record.funcName, record.lineno)
        told.update((name, value) for name, value in vars(record).items() if name not in _OWN and name not in told)
        return json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False) + "\n"


def _set_up_logging():
    logging.Formatter.converter = time.gmtime
    handler = _LogHandler()
    level = _ENVIRONMENT.get("AWS_LAMBDA_LOG_LEVEL", "").replace("TRACE", "DEBUG")
    if level in logging._nameToLevel:
        logging.getLogger().setLevel(level)
    handler.setFormatter(_JsonFormatter() if _JSON else logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"))
    logging.getLogger().addHandler(handler)


class _Api:
    def __init__(self, address):
        host, _, port = address.partition(":")
        self._host = address.encode()
        self._next = b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n" % self._host
        self._socket = socket.socket()
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.connect((host, int(port)))
        self._unread = b""

    def request_next(self):
        self._socket.sendall(self._next)

    def post(self, path, body, kind=None, then_next=True):
        head = b"POST /2018-06-01/runtime/%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n" % (
            path, self._host, len(body),
            b"Lambda-Runtime-Function-Error-Type: %s\r\n" % kind.encode("ascii", "replace") if kind else b"")
        self._socket.sendall(head + body + self._next if then_next else head + body)

    def read(self):
        """Headers (names and values as the server wrote them) and body of the next reply."""
        data = self._unread
        end = data.find(b"\r\n\r\n")
        while end < 0:
            more = self._socket.recv(65536)
            if not more:
                os._exit(0)
            data += more
            end = data.find(b"\r\n\r\n")
        lines = data[:end].decode("utf-8").split("\r\n")
        headers = dict([line.split(": ", 1) for line in lines[1:]])
        start = end + 4
        length = int(headers["Content-Length"])
        if len(data) - start < length:
            parts = [data[start:]]
            missing = length - len(parts[0])
            while missing > 0:
                more = self._socket.recv(min(missing, 1 << 20))
                if not more:
                    os._exit(0)
                parts.append(more)
                missing -= len(more)
            self._unread = b""
            return headers, b"".join(parts)
        self._unread = data[start + length:]
        return headers, data[start:start + length]


def _invoke(handler, headers, event):
    context = LambdaContext(
        headers["Lambda-Runtime-Aws-Request-Id"], headers.get("Lambda-Runtime-Invoked-Function-Arn"),
        int(headers["Lambda-Runtime-Deadline-Ms"]), headers.get("Lambda-Runtime-Client-Context"),
        headers.get("Lambda-Runtime-Cognito-Identity"))
    try:
        event = json.loads(event)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
    return _result(handler(event, context))


def main():
    global _request_id
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stderr.reconfigure(line_buffering=True)
    root = _ENVIRONMENT["LAMBDA_TASK_ROOT"]
    # The runtime's version, not the program's: a layer is made for a runtime.
    version = _ENVIRONMENT["AWS_EXECUTION_ENV"][len("AWS_Lambda_"):]
    python = sys.argv.pop() + "/python"
    layers = [path for path in ("%s/lib/%s/site-packages" % (python, version), python) if os.path.isdir(path)]
    sys.path[0:1] = [root] + layers + [os.path.dirname(__file__)]
    api = _Api(_ENVIRONMENT["AWS_LAMBDA_RUNTIME_API"])
    _set_up_logging()
    try:
        handler = _handler(_ENVIRONMENT["_HANDLER"])
    except Exception as error:
        payload = _error(error, "")
        logging.warning(_UNHANDLED)
        _log_error(payload)
        api.post(b"init/error", to_json(payload).encode("utf-8", "backslashreplace"), payload["errorType"], then_next=False)
        api.read()
        sys.exit(1)

    api.request_next()
    while True:
        headers, event = api.read()
        request_id = headers.get("Lambda-Runtime-Aws-Request-Id")
        if request_id is None:
            continue  # the reply to what was posted
        _request_id = request_id
        trace = headers.get("Lambda-Runtime-Trace-Id")
        if trace is not None:
            _ENVIRONMENT["_X_AMZN_TRACE_ID"] = trace
        else:
            _ENVIRONMENT.pop("_X_AMZN_TRACE_ID", None)
        path = b"invocation/" + request_id.encode()
        try:
            result = _invoke(handler, headers, event)
        except Exception as error:
            payload = _error(error, request_id)
            _log_error(payload)
            sys.stderr.flush()
            api.post(path + b"/error", to_json(payload).encode("utf-8", "backslashreplace"), payload["errorType"])
        else:
            sys.stdout.flush()
            sys.stderr.flush()
            # A lone surrogate has no UTF-8: that ends the process, as on AWS.
            api.post(path + b"/response", result if isinstance(result, bytes) else result.encode("utf-8"))


main()
