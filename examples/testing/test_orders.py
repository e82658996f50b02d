"""
Tests of SQL that calls a function, without the function. They run with pytest, or with python3 -m unittest, against a local AWS and a
PostgreSQL server that calls it:

    ./daybreak demo                       # and in another terminal:
    eval "$(./daybreak env)"
    PGHOST=... python3 -m unittest -v     # in this directory; PGHOST and, if need be, PGPORT as in the demo's psql command
"""
import subprocess
import unittest

from daybreak import Daybreak

FUNCTION = "price-of-order"
CALL = f"SELECT payload->>'gross' FROM aws_lambda.invoke('{FUNCTION}', '{{\"order\": %d, \"net\": 100}}'::json)"


def sql(text):
    """What psql prints, and its errors."""
    run = subprocess.run(
        ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-c", text], capture_output=True, text=True
    )
    return run.stdout.strip(), run.stderr


class Orders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        sql("CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE")

    def setUp(self):
        self.aws = Daybreak()
        self.addCleanup(self.aws.forget, FUNCTION)
        self.aws.stub(FUNCTION, {"gross": 119})

    def test_the_price_comes_from_the_function(self):
        self.assertEqual("119", sql(CALL % 1)[0])

    def test_the_function_gets_the_order_and_we_know_who_asked(self):
        before = self.aws.last_number()
        sql(CALL % 2)
        (one,) = self.aws.invocations(function=FUNCTION, payload={"order": 2}, after=before, wait=10)
        self.assertEqual(("sql", "stub", {"order": 2, "net": 100}), (one["source"], one["answeredBy"], one["payload"]))
        self.assertEqual(sql("SELECT current_database()")[0], one["database"])
        self.assertEqual(sql("SELECT session_user")[0], one["user"])

    def test_a_throttle_is_seen_as_such(self):
        self.aws.fail(FUNCTION, "throttle")
        self.assertIn("LM004", sql(CALL % 3)[1])
        self.assertEqual(("119", ""), sql(CALL % 3))
        self.assertEqual([1], [fault["used"] for fault in self.aws.faults() if fault["function"] == FUNCTION])

    def test_an_error_of_the_function_is_seen_as_such(self):
        self.aws.fail(FUNCTION, "function", payload={"errorMessage": "no such order"})
        output, errors = sql(CALL % 4)
        self.assertIn("LM100", errors)
        self.assertIn("no such order", errors)

    def test_a_call_that_is_slow_is_given_up(self):
        self.aws.fail(FUNCTION, "delay", milliseconds=5000)
        self.assertIn("request_timeout_ms", sql("SET aws_lambda.request_timeout_ms = 200; " + CALL % 5)[1])

    def test_a_connection_that_breaks_is_an_error(self):
        self.aws.fail(FUNCTION, "cut")
        output, errors = sql(CALL % 6)
        self.assertIn("ERROR", errors)

    def test_a_recording_answers_alike(self):
        self.aws.ask("DELETE", f"stubs?function={FUNCTION}")
        self.aws.replay({"calls": [{"function": FUNCTION, "payload": {"net": 100, "order": 7}, "result": {"gross": 107}}]})
        try:
            self.assertEqual("107", sql(CALL % 7)[0])
            self.assertIn("The replay has no answer", sql(CALL % 8)[1])
        finally:
            missed = self.aws.stop_replay()
        self.assertEqual([8], [call["payload"]["order"] for call in missed])


if __name__ == "__main__":
    unittest.main()
