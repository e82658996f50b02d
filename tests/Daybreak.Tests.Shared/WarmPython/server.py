"""Python with boto3 and the aws CLI imported, which is most of what either takes to start: each call is a child of this process.

    server.py DIRECTORY: makes the programs `aws` and `python3` in the directory, which are run here, and says so on standard output.
    Ends, and removes the directory, when standard input ends.

What runs is the real client, in a process of its own, with the caller's arguments, variables, directory and standard streams.
"""

import gc
import importlib
import io
import os
import random
import runpy
import select
import shutil
import signal
import socket
import sys
import traceback

import boto3
import botocore.loaders

try:
    import awscli.clidriver
except ImportError:
    awscli = None

CLIENT = '''#!{python} -ISE
import _socket, posix, sys
text = b'\\0'.join([{name!r}, posix.getcwdb(), str(len(sys.argv) - 1).encode(), *(a.encode(errors='surrogateescape') for a in sys.argv[1:]), *(k + b'=' + v for k, v in posix.environ.items())])
server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
server.connect({path!r})
server.sendmsg([len(text).to_bytes(4, 'big')], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, b''.join(n.to_bytes(4, sys.byteorder) for n in (0, 1, 2)))])
while text:
    text = text[server.send(text):]
status = server.recv(1)
posix._exit(status[0] if status else 70)
'''


# Models of the services that tests use, each for the first loader that needs it, because a loader changes its model.
SERVICES = ('ec2', 'iam', 'lambda', 'rds', 'sts')
load_file = botocore.loaders.JSONFileLoader.load_file
models = {}


def read_models():
    data = botocore.loaders.Loader.BUILTIN_DATA_PATH
    names = ['endpoints', 'partitions', 'sdk-default-configuration']
    for service in SERVICES:
        version = max(name for name in os.listdir(os.path.join(data, service)) if name[:1].isdigit())
        names += [os.path.join(service, version, part) for part in ('service-2', 'endpoint-rule-set-1', 'paginators-1', 'waiters-2')]
    loader = botocore.loaders.JSONFileLoader()
    for path in (os.path.join(data, name) for name in names):
        if (model := load_file(loader, path)) is not None:
            models[path] = model
    botocore.loaders.JSONFileLoader.load_file = lambda self, path: models.pop(path) if path in models else load_file(self, path)


def is_first_aws():
    """Whether the aws CLI that is first in the PATH is the one of this interpreter."""
    path = awscli and shutil.which('aws')
    if not path:
        return False
    with open(path, 'rb') as file:
        interpreter = file.readline(200)[2:].split()[:1]
    return '/shims/' in path or [os.path.realpath(name) for name in interpreter] == [os.path.realpath(sys.executable).encode()]


def receive(connection):
    head, descriptors, _, _ = socket.recv_fds(connection, 4, 3)
    left = int.from_bytes(head, 'big')
    parts = []
    while left:
        parts.append(connection.recv(left))
        left -= len(parts[-1])
    return b''.join(parts).split(b'\0'), descriptors


def run(name, arguments):
    """As the program does that is called so."""
    if name == b'aws':
        importlib.reload(awscli)  # adds its own models to AWS_DATA_PATH
        sys.argv = ['aws', *arguments]
        return awscli.clidriver.main()
    if arguments[0] == '-c':
        sys.argv, sys.path[0] = ['-c', *arguments[2:]], ''
        exec(compile(arguments[1], '<string>', 'exec'), {'__name__': '__main__', '__builtins__': __builtins__})
    else:
        sys.argv, sys.path[0] = arguments, os.path.dirname(os.path.abspath(arguments[0]))
        runpy.run_path(arguments[0], run_name='__main__')
    return 0


def child(connection):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    (name, directory, count, *rest), descriptors = receive(connection)
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    for number, mode in ((0, 'r'), (1, 'w'), (2, 'w')):
        errors = 'backslashreplace' if number == 2 else 'surrogateescape'
        raw = io.open(number, mode + 'b', buffering=-1 if number < 2 else 0, closefd=False)
        stream = io.TextIOWrapper(raw, encoding='utf-8', errors=errors, line_buffering=number == 2, write_through=number == 2)
        setattr(sys, ('stdin', 'stdout', 'stderr')[number], stream)
        setattr(sys, ('__stdin__', '__stdout__', '__stderr__')[number], stream)
    os.chdir(directory)
    arguments = [os.fsdecode(argument) for argument in rest[: int(count)]]
    os.environ.clear()
    for variable in rest[int(count) :]:
        key, _, value = variable.partition(b'=')
        os.environb[key] = value
    sys.path[1:1] = [part for part in os.environ.get('PYTHONPATH', '').split(':') if part]
    random.seed()
    try:
        status = run(name, arguments)
    except SystemExit as end:
        status = end.code
        if status is not None and not isinstance(status, int):
            print(status, file=sys.stderr)
            status = 1
    except BaseException as error:
        here = error.__traceback__
        while here.tb_next and here.tb_frame.f_code.co_filename not in arguments:
            here = here.tb_next
        traceback.print_exception(error.with_traceback(here))
        status = 1
    try:
        sys.stdout.flush()
    except OSError:
        status = status or 120
    connection.send(bytes([(status or 0) & 255]))
    os._exit(0)


def main(directory):
    path = os.path.join(directory, 'socket')
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(64)
    offered = ['python3'] + (['aws'] if is_first_aws() else [])
    for name in offered:
        with open(os.path.join(directory, name), 'w') as file:
            file.write(CLIENT.format(python=sys.executable, name=name.encode(), path=path))
        os.chmod(file.name, 0o755)
    read_models()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    print(*offered, flush=True)
    try:
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                break
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                child(connection)
            connection.close()
    finally:
        shutil.rmtree(directory)


main(sys.argv[1])
