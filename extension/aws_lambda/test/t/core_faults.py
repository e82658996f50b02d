"""What a core dump of the server's processes holds: nothing of the credentials that the bridge alone was given."""
import os
import shutil
import subprocess

from server import Session, alive, eventually

SECRETS = {b"keyKept/from+Cores", b"tokenKeptFromCores"}
PRELOAD = {"shared_preload_libraries": "aws_lambda"}


def _secrets_in_memory(process):
    """Those that the process could read now: all that a core dump holds."""
    found = set()
    with open(f"/proc/{process}/maps") as file:
        areas = [line.split() for line in file]
    with open(f"/proc/{process}/mem", "rb") as memory:
        for limits, mode, _, _, inode, *path in areas:
            # What the processor would refuse, and files that nobody has written to.
            if mode[0] != "r" or mode[1] != "w" and inode != "0":
                continue
            begin, end = (int(limit, 16) for limit in limits.split("-"))
            memory.seek(begin)
            try:
                held = memory.read(end - begin)
            except OSError:  # pages of the kernel
                continue
            found |= {secret for secret in SECRETS if secret in held}
    return found


def _secrets_in_core(process, directory):
    """Those in the core dump that gdb writes."""
    subprocess.run(["gcore", "-o", f"{directory}/core", str(process)], check=True, capture_output=True)
    with open(f"{directory}/core.{process}", "rb") as file:
        core = file.read()
    os.unlink(f"{directory}/core.{process}")
    assert len(core) > 1_000_000
    return {secret for secret in SECRETS if secret in core}


def _other_bridge(server, bridge):
    now = server.bridge()
    return now if now != bridge else None


def no_core_of_the_server_has_the_bridge_s_credentials(new_server):
    gdb = shutil.which("gcore") is not None
    for preload in (PRELOAD, {}):
        server = new_server(**preload, shared_buffers="2MB")
        path = f"{server.directory}/bridge.env"
        with open(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            key, token = (secret.decode() for secret in SECRETS)
            file.write(f"AWS_ACCESS_KEY_ID=AKIDEXAMPLE\nAWS_SECRET_ACCESS_KEY={key}\nAWS_SESSION_TOKEN={token}\n")
        server.settings["aws_lambda.bridge_environment_file"] = path
        server.create()
        server.sql("CREATE EXTENSION daybreak")
        with Session(server) as session:
            backend = int(session.ask("SELECT pg_backend_pid()"))
            for call in ("SELECT aws_lambda.invoke('payload', '1'::json)", "SELECT aws_lambda.invoke('error:LM003', '1'::json)",
                         "SELECT daybreak.explain_invoke('stages')", "TABLE daybreak.stat_bridge"):
                session.ask(f"\\set ON_ERROR_STOP 0\n{call}")
            bridge = server.bridge()
            assert _secrets_in_memory(bridge) == SECRETS, "the bridge has them, and is seen to have them"
            # Another bridge, so that the worker has read the file twice.
            os.kill(bridge, 9)
            bridge_again = eventually(lambda: _other_bridge(server, bridge), "another bridge runs")
            for process in (backend, server.worker(), server.postmaster):
                assert alive(process) and _secrets_in_memory(process) == set(), process
            if preload and gdb:
                assert _secrets_in_core(bridge_again, server.directory) == SECRETS
                for process in (backend, server.worker()):
                    assert _secrets_in_core(process, server.directory) == set(), process
    return "and in cores of gdb" if gdb else "without cores of gdb, which is not there"
