"""More sessions than there is room for."""
import re

from server import Session, eventually, kill


def without_a_free_session_the_bridge_and_its_worker_go_on(new_server):
    for preload in ({"shared_preload_libraries": "aws_lambda"}, {}):
        server = new_server(**preload, max_connections=6, max_wal_senders=0).create()
        server.sql("CREATE ROLE app LOGIN")
        with Session(server) as one:
            pid = "SELECT payload->>'pid' FROM aws_lambda.invoke('counters', '1'::json)"
            bridge = one.ask(pid)
            others = [Session(server) for _ in range(5)]
            for other in others:
                assert other.ask("SELECT 1") == "1"
            for user in "postgres", "app":
                assert re.search("too many clients already|remaining connection slots are reserved", server.error("SELECT 1", user=user)[1])
            # A bridge that ends is started again, and so is its worker: neither needs a session.
            kill(int(bridge))
            again = eventually(lambda: one.ask(f"\\set ON_ERROR_STOP 0\n{pid}"), "the next bridge answers")
            assert again != bridge
            kill(server.worker(), 15)
            eventually(lambda: one.ask(pid) not in ("", again), "the next worker starts a bridge")
            for other in others:
                assert other.ask("SELECT payload FROM aws_lambda.invoke('payload', '1'::json)") == "1"
                other.__exit__()
