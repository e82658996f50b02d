"""What the operating system refuses the bridge is an error that says where to look, and calls work as soon as it is allowed."""
import os
import signal

from server import PEER

CALL = "SELECT * FROM aws_lambda.invoke('f', '1'::json)"


def a_program_that_may_not_be_executed_is_named(new_server):
    server = new_server()
    program = f"{server.directory}/program"
    with open(program, "w") as file:
        file.write(f'#!/bin/sh\nexec {PEER} "$@"\n')
    os.chmod(program, 0o644)
    server.settings["aws_lambda.bridge_program"] = program
    server.create()
    state, text = server.error(CALL)
    assert state == "LM902" and f'Could not execute "{program}": Permission denied' in text, text
    os.chmod(program, 0o755)
    server.works()


def a_directory_that_takes_no_socket_is_in_the_log(new_server):
    server = new_server().create()
    server.works()
    directory = f"{server.data}/pg_stat_tmp"
    os.chmod(directory, 0o500)
    try:
        os.kill(server.bridge(), signal.SIGTERM)
        state, text = server.error(CALL)
        assert state == "LM902" and "The server log says why" in text, text
        assert "Permission denied" in server.log(), server.log()
    finally:
        os.chmod(directory, 0o700)
    server.works()
