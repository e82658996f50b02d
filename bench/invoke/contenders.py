"""The contenders: one statement each, and its requirements."""

from dataclasses import dataclass
from pathlib import Path

from harness.libpq import SqlError

_SCRIPTS = Path(__file__).with_name("contenders")

ENDPOINT_ITSELF = "wrk"
OURS = "ours"


@dataclass(frozen=True)
class Contender:
    """`first_call_seconds`: CPU seconds a session's first call may take, for the length of the warm-up.
    `extensions` have to be available in the server, each with the Debian package that brings it, if one does."""

    name: str
    title: str
    sql: str
    first_call_seconds: float = 0.01
    extensions: tuple = ()

    def prepare(self, server, endpoint):
        """None when it can run, otherwise the reason why not."""
        for extension, remedy in self.extensions:
            with server.session() as session:
                if session.value(f"SELECT 1 FROM pg_available_extensions WHERE name = '{extension}'") is None:
                    return f"extension {extension} is not available: {remedy}"
        script = _SCRIPTS / f"{self.name}.sql"
        try:
            if script.exists():
                server.run_script(script, endpoint=endpoint)
            with server.session() as session:
                session.value(self.sql)
        except SqlError as error:
            return str(error)
        return None


_PLPYTHON = ("plpython3u", "apt install postgresql-plpython3-MAJOR")
_HTTP = ("http", "Debian 12 has no package of pgsql-http; PGDG's is postgresql-MAJOR-http")
_PGCRYPTO = ("pgcrypto", "apt install postgresql-contrib")

SQL_CONTENDERS = (
    Contender("select_1", "SELECT 1", "SELECT 1"),
    Contender(OURS, "aws_lambda.invoke", """SELECT * FROM aws_lambda.invoke('f', '{"n":1}'::json)""",
              extensions=(("aws_lambda", "this checkout did not build it"),)),
    Contender("boto3", "PL/Python + boto3, cached client", """SELECT * FROM with_boto3('f', '{"n":1}'::json)""",
              first_call_seconds=0.5, extensions=(_PLPYTHON,)),
    Contender("urllib", "PL/Python + urllib", """SELECT * FROM with_urllib('f', '{"n":1}'::json)""",
              first_call_seconds=0.2, extensions=(_PLPYTHON,)),
    Contender("http", "pgsql-http, unsigned", """SELECT * FROM with_http('f', '{"n":1}'::json)""", extensions=(_HTTP,)),
    Contender("http_signed", "pgsql-http, signed in PL/pgSQL", """SELECT * FROM with_http_signed('f', '{"n":1}'::json)""",
              extensions=(_HTTP, _PGCRYPTO)),
)
