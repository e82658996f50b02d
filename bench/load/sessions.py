"""The sessions of the load: each calls with ever new numbers and looks at every answer."""

import collections
import threading
import time

from harness.libpq import Session, SqlError

_BATCH = 20  # calls in a statement: what a cancel throws away
_SQL = """
CREATE FUNCTION call_and_check(session int, first int, count int, OUT good int, OUT failures text, OUT wrong text) LANGUAGE plpgsql AS $$
DECLARE
    answer record;
    payload json;
    function_name text;
    invocation_type text;
    state text;
    message text;
    is_right boolean;
BEGIN
    good := 0;
    FOR n IN first .. first + count - 1 LOOP
        function_name := CASE n % 100 WHEN 10 THEN 'unhandled' WHEN 20 THEN 'throttle' WHEN 30 THEN 'slow' WHEN 40 THEN 'cut' ELSE 'echo' END;
        invocation_type := CASE n % 100 WHEN 50 THEN 'Event' WHEN 60 THEN 'DryRun' ELSE 'RequestResponse' END;
        payload := json_build_object('s', session, 'n', n, 'fill', CASE WHEN n % 100 = 70 THEN repeat('x', n % 300000) ELSE '' END);
        BEGIN
            SELECT * INTO answer FROM aws_lambda.invoke(function_name, payload, NULL, invocation_type);
            is_right := CASE invocation_type
                WHEN 'Event' THEN answer.status_code = 202 AND answer.payload IS NULL
                WHEN 'DryRun' THEN answer.status_code = 204 AND answer.payload IS NULL
                ELSE answer.status_code = 200 AND answer.payload::text = payload::text AND function_name IN ('echo', 'slow') END;
            IF is_right IS TRUE THEN
                good := good + 1;
            ELSE
                wrong := format('%s: %s %s to %s', function_name, answer.status_code, left(answer.payload::text, 100), left(payload::text, 100));
            END IF;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = PG_EXCEPTION_DETAIL;
            IF (function_name, state) IN (('unhandled', 'LM100'), ('throttle', 'LM004'), ('cut', 'LM010')) THEN
                good := good + 1;
            ELSE
                failures := concat(failures, state, ' ', replace(left(coalesce(nullif(message, ''), SQLERRM), 200), E'\\n', ' '), E'\\n');
            END IF;
        END;
    END LOOP;
END $$
"""


def declare(admin):
    """What the sessions call, in the database of `admin`."""
    admin.value("CREATE EXTENSION aws_lambda CASCADE")
    admin.value("CREATE EXTENSION daybreak")
    admin.value(_SQL)


class CallingSession:
    """A thread that calls until it is told to stop, and connects again whenever its session was ended."""

    def __init__(self, number, conninfo):
        self.number = number
        self.backend = None
        self.good = 0
        self.failures = collections.Counter()  # the first line of a text by how often
        self.wrong = []
        self.interrupted = collections.Counter()  # batches that a cancel or the end of the session threw away, by cause
        self.longest = 0.0  # seconds of a batch
        self._conninfo = conninfo
        self._next = 1
        self._stop = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"session {number}", daemon=True)

    def stop(self):
        self._stop.set()

    def _run(self):
        while not self._stop.is_set():
            try:
                with Session(self._conninfo) as session:
                    self.backend = session.pid
                    while not self._stop.is_set():
                        self._batch(session)
            except SqlError as error:  # the session was ended, or could not begin
                self._count_interruption(str(error))
            finally:
                self.backend = None

    def _batch(self, session):
        first, self._next = self._next, self._next + _BATCH
        began = time.monotonic()
        try:
            text = session.value(f"SELECT good || E'\\n' || coalesce(wrong, '') || E'\\n' || coalesce(failures, '') "
                                 f"FROM call_and_check({self.number}, {first}, {_BATCH})")
        except SqlError as error:
            if "canceling statement due to user request" not in str(error):
                raise
            self._count_interruption(str(error))
            return
        finally:
            self.longest = max(self.longest, time.monotonic() - began)
        good, wrong, failures = text.split("\n", 2)
        self.good += int(good)
        if wrong:
            self.wrong.append(wrong)
        for failure in failures.splitlines():
            self.failures[failure] += 1

    def _count_interruption(self, text):
        self.interrupted[text.splitlines()[0] if text else "the connection was lost"] += 1
