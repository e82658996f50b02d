"""What the bridge has in its environment, and what of the server's everybody has."""
import os
import re

from server import eventually

PRELOAD = {"shared_preload_libraries": "aws_lambda"}
SECRET = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY"
OF_SERVER = {"AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "eu-west-1", "AWSOME": "stays"}


def _variables(pid):
    """None of a process that is just ending."""
    try:
        with open(f"/proc/{pid}/environ", errors="replace") as file:
            return dict(line.split("=", 1) for line in file.read().split("\0") if "=" in line)
    except OSError:
        return {}


def _processes(server):
    """The postmaster and its children, but for what the bridge's supervisor has started."""
    with open(f"/proc/{server.postmaster}/task/{server.postmaster}/children") as file:
        return [server.postmaster, *map(int, file.read().split())]


def _file(server, content, mode=0o600):
    path = f"{server.directory}/bridge.env"
    with open(path, "w") as file:
        file.write(content)
    os.chmod(path, mode)
    return path


def the_bridge_alone_has_what_the_file_sets(new_server):
    for preload in ({}, PRELOAD):
        server = new_server(**preload)
        file = _file(server, f"# of the bridge\n\nAWS_SECRET_ACCESS_KEY={SECRET}\r\nAWS_REGION=a = 'b' \nAWS_REGION=c\n_X1=")
        server.settings["aws_lambda.bridge_environment_file"] = file
        server.create()
        bridge = server.bridge()
        variables = _variables(bridge)
        assert variables["AWS_SECRET_ACCESS_KEY"] == SECRET and variables["AWS_REGION"] == "c" and variables["_X1"] == "", variables
        assert variables["PATH"] == os.environ["PATH"] and variables["DAYBREAK_EXPOSED_TO_BACKENDS"] == "", variables
        for process in _processes(server):
            assert SECRET not in str(_variables(process)), process
        assert SECRET not in server.sql("COPY (SELECT 1) TO PROGRAM 'env >&2; true'") + server.log()
        server.stop()


def what_the_file_sets_goes_before_what_the_server_has(new_server):
    server = new_server()
    server.settings["aws_lambda.bridge_environment_file"] = _file(server, "AWS_SECRET_ACCESS_KEY=other\n")
    server.create()
    server.stop()
    server.start(**OF_SERVER)
    variables = _variables(server.bridge())
    assert variables["AWS_SECRET_ACCESS_KEY"] == "other" and variables["AWS_REGION"] == "eu-west-1", variables
    assert variables["DAYBREAK_EXPOSED_TO_BACKENDS"] == "AWS_SECRET_ACCESS_KEY", variables


def a_file_that_others_may_read_is_refused_in_words(new_server):
    server = new_server(**{"aws_lambda.bridge_environment_file": "bridge.env"}).create()
    path = f"{server.data}/bridge.env"

    def refused():
        state, text = server.error("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
        assert state == "LM902", text
        return re.search('DETAIL:  The bridge\'s environment is not taken from "bridge.env": (.*)', text)[1]

    assert refused() == "No such file or directory."
    os.mkdir(path)
    assert refused() == "It is no ordinary file."
    os.rmdir(path)
    os.symlink("/etc/passwd", path)
    assert refused() == "It does not belong to the operating-system user of the server."
    os.unlink(path)
    for mode in (0o640, 0o604, 0o610):
        with open(path, "w") as file:
            file.write("A=1\n")
        os.chmod(path, mode)
        assert refused() == "Its mode lets others in: it must be 0600 or stricter."
    os.chmod(path, 0o600)
    os.truncate(path, 65537)
    assert refused() == "It is larger than 64 kB."
    for content, why in (("A=1\nexport B=2\n", "Line 2 is not NAME=value."), ("A=\0", "It holds a NUL.")):
        with open(path, "w") as file:
            file.write(content)
        state, _ = server.error("SET statement_timeout = 1000", "SELECT * FROM aws_lambda.invoke('f', '1'::json)")
        assert state == "57014"
        assert f"DETAIL:  {why}" in server.log(), server.log()[-1000:]
    assert server.log().count('the environment of the aws_lambda bridge in "bridge.env" is not used, and no bridge started') >= 2
    with open(path, "w") as file:
        file.write("A=1\n")
    eventually(lambda: _works(server), "the bridge starts with a file that is right")


def _works(server):
    try:
        server.works()
        return True
    except Exception:
        return False


def every_backend_has_what_the_server_was_started_with_unless_it_is_hidden(new_server):
    server = new_server(**PRELOAD).create()
    server.stop()
    server.start(**OF_SERVER)
    seen = "CREATE TEMP TABLE seen (line text); COPY seen FROM PROGRAM 'env'; SELECT line FROM seen WHERE line LIKE 'AWS%' ORDER BY 1"
    shown = server.sql(seen)
    assert {"AWSOME=stays", "AWS_REGION=eu-west-1", f"AWS_SECRET_ACCESS_KEY={SECRET}"} <= set(shown.split("\n")), shown
    assert _variables(server.bridge())["DAYBREAK_EXPOSED_TO_BACKENDS"] == "AWS_SECRET_ACCESS_KEY"
    server.sql("ALTER SYSTEM SET aws_lambda.hide_aws_environment = on",
               f"ALTER SYSTEM SET aws_lambda.bridge_environment_file = '{_file(server, 'AWS_REGION=eu-central-1')}'")
    server.stop()
    server.start(**OF_SERVER)
    assert server.sql(seen) == "AWSOME=stays"
    variables = _variables(server.bridge())
    assert variables["AWS_REGION"] == "eu-central-1" and variables["AWSOME"] == "stays", variables
    assert "AWS_SECRET_ACCESS_KEY" not in variables and variables["DAYBREAK_EXPOSED_TO_BACKENDS"] == "", variables
    for process in _processes(server):
        assert not [name for name in _variables(process) if name.startswith("AWS_")], process
    return _nowhere_in_memory(_processes(server))


def _nowhere_in_memory(processes):
    """Neither where the kernel shows it nor where PostgreSQL has put its copy. A session's backend may just be ending."""
    looked_at = 0
    for process in processes:
        try:
            with open(f"/proc/{process}/maps") as file:
                areas = [line.split() for line in file if " rw" in line and ("[heap]" in line or "[stack]" in line)]
            with open(f"/proc/{process}/mem", "rb") as memory:
                for area in areas:
                    begin, end = (int(limit, 16) for limit in area[0].split("-"))
                    memory.seek(begin)
                    assert SECRET.encode() not in memory.read(end - begin), (process, area)
        except PermissionError:  # a kernel that lets no process look at another one of the same user
            return "memory not looked at"
        except OSError:
            assert not os.path.exists(f"/proc/{process}/exe"), process  # the link of a process that has ended points nowhere
            continue
        looked_at += 1
    assert looked_at >= 4, looked_at  # the postmaster and its permanent processes
    return f"memory of {looked_at} processes looked at"


def hiding_without_preloading_says_that_it_does_nothing(new_server):
    server = new_server(**{"aws_lambda.hide_aws_environment": "on"}).create()
    server.works()
    assert 'WARNING:  "aws_lambda.hide_aws_environment" has no effect' in server.log()
