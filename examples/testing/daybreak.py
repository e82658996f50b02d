"""A small client of Daybreak's test interface (docs/test-interface.md): the standard library only. Copy it into your tests."""
import json
import os
import urllib.parse
import urllib.request


class Daybreak:
    def __init__(self, endpoint=None):
        self.endpoint = (endpoint or os.environ["AWS_ENDPOINT_URL"]).rstrip("/")

    def invocations(self, payload=None, **parameters):
        """The invocations that match; with wait=SECONDS, as soon as there are count of them."""
        if payload is not None:
            parameters["payload"] = json.dumps(payload)
        query = urllib.parse.urlencode(parameters)
        return self.ask("GET", f"invocations?{query}")["invocations"]

    def last_number(self):
        return max((one["number"] for one in self.invocations()), default=0)

    def fail(self, function, kind, **members):
        return self.ask("POST", "faults", {"function": function, "kind": kind, **members})

    def faults(self):
        return self.ask("GET", "faults")["faults"]

    def stub(self, function, result, **members):
        return self.ask("POST", "stubs", {"function": function, "result": result, **members})

    def record(self):
        self.ask("POST", "recording")

    def recording(self):
        self.ask("DELETE", "recording")
        return self.ask("GET", "recording")

    def replay(self, recording):
        return self.ask("POST", "replay", recording)

    def stop_replay(self):
        """Ends it, and tells which calls it did not have."""
        missed = self.ask("GET", "replay").get("missed", [])
        self.ask("DELETE", "replay")
        return missed

    def forget(self, function):
        """Removes what is armed for a function, and its invocations."""
        for path in "faults", "stubs", "invocations":
            self.ask("DELETE", f"{path}?{urllib.parse.urlencode({'function': function})}")

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.endpoint}/_daybreak/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
        )
        with urllib.request.urlopen(request, timeout=90) as answer:
            text = answer.read()
        return json.loads(text) if text else None
