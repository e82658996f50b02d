"""Asks a running bridge for its counters: Hello and Status of docs/frames.md."""

import json
import socket
import struct

_VERSION = 1


def status(socket_path):
    """The JSON object of StatusText."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(socket_path))
        _send(connection, b"H", struct.pack(">H", _VERSION) + b"bench")
        _expect(connection, b"W")
        _send(connection, b"S", b"")
        return json.loads(_expect(connection, b"T"))


def _send(connection, frame_type, body):
    connection.sendall(struct.pack(">I", 1 + len(body)) + frame_type + body)


def _expect(connection, frame_type):
    (length,) = struct.unpack(">I", _exactly(connection, 4))
    frame = _exactly(connection, length)
    if frame[:1] != frame_type:
        raise RuntimeError(f"the bridge answered {frame!r}")
    return frame[1:]


def _exactly(connection, count):
    received = b""
    while len(received) < count:
        part = connection.recv(count - len(received))
        if not part:
            raise RuntimeError("the bridge closed the connection")
        received += part
    return received
