"""shared_preload_libraries with others, in any order, and servers that are started with next to nothing."""
import os
import pathlib
import subprocess

from server import PEER, has_extension

STATISTICS = "SELECT calls FROM daybreak.stat_invocations WHERE function_name = 'payload'"


def _libraries(server):
    others = ["pg_stat_statements", "auto_explain", *(["pg_cron"] if has_extension(server, "pg_cron") else [])]
    return {"cron.database_name": "postgres", "auto_explain.log_min_duration": "0"}, others


def other_libraries_are_no_obstacle_in_any_order(new_server):
    settings, others = _libraries(new_server())
    rotations = [others[n:] + others[:n] for n in range(len(others))]
    orders = [("aws_lambda", *rotations[0]), (*rotations[0], "aws_lambda"), (rotations[1][0], "aws_lambda", *rotations[1][1:])]
    server = new_server(**settings).create()
    server.sql("CREATE EXTENSION daybreak", "CREATE EXTENSION pg_stat_statements")
    for order in orders:
        server.stop()
        server.configure(shared_preload_libraries=",".join(order))
        server.start()
        server.works()
        assert server.sql(STATISTICS) == "1", order
        assert server.sql("SELECT count(*) > 0 FROM pg_stat_statements WHERE query LIKE '%aws_lambda.invoke(%'") == "t", order
        assert "Query Text: SELECT payload FROM aws_lambda.invoke" in server.log(), order
    return f"{len(orders)} orders"


def a_library_that_demands_to_be_first_finds_no_hook_taken(new_server):
    server = new_server()
    of_distribution = os.path.dirname(os.path.realpath(f"{server.bin}/psql"))
    headers = subprocess.run([f"{of_distribution}/pg_config", "--includedir-server"], check=True, capture_output=True, text=True).stdout.strip()
    library = f"{server.directory}/demanding.so"
    subprocess.run(["gcc", "-std=gnu99", "-shared", "-fPIC", f"-I{headers}", "-o", library, str(pathlib.Path(__file__).with_name("demanding.c"))], check=True)
    server.settings["shared_preload_libraries"] = f"aws_lambda,{library}"
    server.create()
    server.works()
    # It does object to one that has taken them.
    server.stop()
    server.configure(shared_preload_libraries=f"pg_stat_statements,{library}")
    try:
        server.start()
    except AssertionError as refusal:
        assert '"demanding" has to be loaded first' in str(refusal)
    else:
        raise AssertionError("it was loaded second")


def a_server_without_environment_and_temporary_directory_calls(new_server):
    for preload in ({"shared_preload_libraries": "aws_lambda"}, {}):
        server = new_server(**preload).create()
        server.stop()
        # Not even a PATH: the peer's interpreter is named in full.
        bare = f"{server.directory}/peer"
        with open(bare, "w") as file:
            file.write(f"#!/bin/sh\nexec /usr/bin/python3 {PEER} \"$@\"\n")
        os.chmod(bare, 0o755)
        server.configure(**{"aws_lambda.bridge_program": bare})
        subprocess.run(["env", "-i", "TMPDIR=/nowhere", f"{server.bin}/pg_ctl", "-D", server.data, "-l", f"{server.directory}/log", "-w", "start"], check=True,
                       capture_output=True)
        server.works()
