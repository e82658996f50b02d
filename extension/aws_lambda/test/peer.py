#!/usr/bin/env python3
"""A scripted bridge: speaks docs/frames.md, answers what the function name says, and misbehaves on command.

Run by the extension's worker through aws_lambda.bridge_program. Function names (part of the name after ':' is N or TEXT):

  echo         payload: a JSON object of the fields received          payload     payload: the payload received
  text:TEXT    payload: TEXT as it stands                             hex:DIGITS  payload: those bytes
  large:N      payload: a JSON string of N bytes                      empty       an empty value in every text field
  spoiled:N    payload: the same and a comma, which is no JSON
  counters     payload: pid, open and accepted connections, invocations, statuses, requests stalled now, late ones now and at most at once, requests dropped by the client
  error:STATE  Error with that SQLSTATE, message, DETAIL and HINT     bare:STATE  Error with message only
  error-text:DIGITS  Error LM000 with those bytes as message, DETAIL and HINT
  stall        never answers                                          late:N      answers after N ms
  drip         answers byte by byte                                   exit        the process dies
  cut:N        N bytes of the reply, then closes                      cut-hold:N  N bytes of the reply, then silence
  mutant:N     a reply that number N of mutant.py makes, then closes
  zero, oversized, garbage, unknown-type, twice, overrun, no-status, wrong-id, welcome-again, newer-fields, id-0, extra

Invocation types Event and DryRun answer 202 and 204. An Explain of the function "stages" is answered with an explanation in which
a stage fails, one of "network" with hops; "text:TEXT" with TEXT, error:, bare: and what breaks rules as above; any other with the
fields received. The file pg_stat_tmp/peer.greeting, if there is one, spoils what follows a Hello: newer, older (speaks version 1),
old (speaks version 2), refuse, garbage, silent, close, cut:N, busy:MS (welcomes one session after the other, each
after MS milliseconds), deaf (welcomes, then never reads), mutant:N (one after N, then the next, …; says no more). A Status is answered with fixed values; the file pg_stat_tmp/peer.status spoils it:
silent, garbage, result (another frame), none (no endpoints, no credentials).
"""
import argparse
import asyncio
import json
import os
import resource
import signal
import struct
import sys

import mutant

LIMIT = 16 * 1024 * 1024
one_at_a_time = asyncio.Lock()
INVOKE_FIELDS = {
    1: "function_name", 2: "payload", 3: "region", 4: "invocation_type", 5: "log_type", 6: "context", 7: "qualifier",
    8: "form", 9: "connect_timeout_ms", 10: "request_timeout_ms", 11: "endpoint_override", 12: "default_region",
    13: "log_context", 16: "iam_role", 17: "external_id", 18: "session_name",
    19: "traceparent",
    22: "breaker_failures", 23: "breaker_pause_ms", 24: "application_name",
}
EXPLAIN_FIELDS = {tag: name for tag, name in INVOKE_FIELDS.items() if tag in (1, 3, 8, 9, 10, 11, 12, 13, 16, 17, 18)} | {14: "database", 15: "user"}
NUMBERS = {"connect_timeout_ms", "request_timeout_ms", "breaker_failures", "breaker_pause_ms"}
counters = {"pid": os.getpid(), "open": 0, "accepted": 0, "invocations": 0, "explanations": 0, "statuses": 0, "late": 0, "most_late": 0, "stalled": 0, "dropped": 0}


class ProtocolError(Exception):
    pass


def frame(kind, body):
    return struct.pack(">I", len(body) + 1) + kind + body


def field(tag, value):
    return b"" if value is None else struct.pack(">BI", tag, len(value)) + value


def result(request_id, status, payload=None, version=None, log=None):
    return frame(b"R", struct.pack(">I", request_id) + field(1, struct.pack(">I", status)) + field(2, payload)
                 + field(3, version) + field(4, log))


def error(request_id, sqlstate, message, detail=None, hint=None):
    return frame(b"E", struct.pack(">I", request_id) + field(1, sqlstate) + field(2, message) + field(3, detail)
                 + field(4, hint))


def parse_request(body, known):
    if len(body) < 4:
        raise ProtocolError("request id is cut")
    request_id, at, fields = struct.unpack_from(">I", body)[0], 4, {}
    while at < len(body):
        if len(body) - at < 5:
            raise ProtocolError("field is cut")
        tag, length = struct.unpack_from(">BI", body, at)
        value = body[at + 5:at + 5 + length]
        at += 5 + length
        if tag not in known or known[tag] in fields or len(value) != length:
            raise ProtocolError(f"field {tag} is unknown, repeated or cut")
        name = known[tag]
        if name in NUMBERS:
            fields[name] = struct.unpack(">I", value)[0]
        elif name == "form":
            fields[name] = {b"\0": 0, b"\1": 1}[value]
        else:
            fields[name] = value.decode("utf-8")
    for name in ("form", "connect_timeout_ms", "request_timeout_ms"):
        if name not in fields:
            raise ProtocolError(f"{name} is missing")
    return request_id, fields


async def read_frame(reader):
    try:
        (length,) = struct.unpack(">I", await reader.readexactly(4))
        if not 1 <= length <= LIMIT:
            raise ProtocolError("length is out of range")
        data = await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None, None
    return data[:1], data[1:]


async def until_closed(reader):
    try:
        while await reader.read(4096):
            pass
    except ConnectionError:
        pass


def fault_of(what):
    try:
        with open(f"pg_stat_tmp/peer.{what}") as file:
            return file.read().strip()
    except FileNotFoundError:
        return ""


async def tell_status(reader, writer):
    """False when the connection is over."""
    counters["statuses"] += 1
    fault = fault_of("status")
    if fault == "silent":
        await until_closed(reader)
        return False
    status = {
        "version": "0.0.1", "pid": os.getpid(), "uptime_seconds": 60.5, "resident_bytes": 4096, "connections": counters["open"], "in_flight": 2,
        "endpoints": [{"endpoint": "http://a", "open": 2, "idle": 1, "waiting": 3}, {"endpoint": "http://b", "open": 1, "idle": 1, "waiting": 4}],
        "credentials": {"source": "scripted", "fetched": "2026-01-02T03:04:05+00:00", "expires": "2026-01-02T09:04:05+00:00"},
        "region": "eu-west-1", "unknown": {"to": "the view"},
    }
    if fault == "none":  # as before the first call
        status |= {"endpoints": [], "credentials": {"source": None, "failure": "none anywhere"}, "region": None}
    writer.write({"garbage": b"HTTP/1.1 400", "result": result(1, 200)}.get(fault, frame(b"T", json.dumps(status).encode())))
    await writer.drain()
    return True


async def greet(reader, writer):
    """True when the connection may go on."""
    kind, body = await read_frame(reader)
    if kind != b"H" or len(body) < 2:
        return False
    fault, _, argument = fault_of("greeting").partition(":")
    welcome = frame(b"W", struct.pack(">HI", {"newer": 7, "older": 1, "old": 2}.get(fault, 6), os.getpid()) + b"peer.py")
    if fault == "refuse":
        writer.write(error(0, b"LM901", b"aws_lambda bridge: no common protocol version", b"peer.py refuses."))
    elif fault == "garbage":
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    elif fault == "silent":
        await until_closed(reader)
    elif fault == "cut":
        writer.write(welcome[:int(argument)])
    elif fault == "mutant":
        writer.write(mutant.welcome(int(argument) + counters["accepted"]))
        writer.write_eof()
        await until_closed(reader)
    elif fault != "close":
        if fault == "busy":
            async with one_at_a_time:
                await asyncio.sleep(int(argument) / 1000)
        writer.write(welcome)
        if fault == "deaf":
            writer.transport.pause_reading()
            await asyncio.sleep(3600)
        return True
    return False


def well_formed_reply(request_id, fields):
    """The reply to a function that behaves."""
    if fields.get("invocation_type") in ("Event", "DryRun"):
        return result(request_id, 202 if fields["invocation_type"] == "Event" else 204)
    command, _, argument = (fields.get("function_name") or "echo").partition(":")
    version = (fields.get("qualifier") or "$LATEST").encode()
    log = b"U1RBUlQK" if fields.get("log_type") == "Tail" else None
    payload = {
        "payload": lambda: (fields.get("payload") or "null").encode(),
        "text": lambda: argument.encode(),
        "hex": lambda: bytes.fromhex(argument),
        "large": lambda: b'"' + b"x" * (int(argument) - 2) + b'"',
        "spoiled": lambda: b'"' + b"x" * (int(argument) - 2) + b'",',
        "counters": lambda: json.dumps(counters).encode(),
    }.get(command, lambda: json.dumps(fields).encode())()
    if command == "error":
        return error(request_id, argument.encode(), "the message, with ü".encode(), "the detail".encode(), b"the hint")
    if command == "bare":
        return error(request_id, argument.encode(), b"the message")
    if command == "error-text":
        return error(request_id, b"LM000", *[bytes.fromhex(argument)] * 3)
    if command == "empty":
        return result(request_id, 200, b'""', b"", b"")
    return result(request_id, 200, payload, version, log)


def explanation(request_id, fields):
    command, _, argument = (fields.get("function_name") or "").partition(":")
    if command == "error":
        return error(request_id, argument.encode(), b"the message", b"the detail", b"the hint")
    if command == "bare":
        return error(request_id, argument.encode(), b"the message")
    stages = {
        "stages": [
            {"stage": "bridge", "state": "ok", "text": "It answers.", "evidence": [], "toMend": []},
            {"stage": "permission", "state": "failed", "text": "It is not allowed.", "evidence": ["arn:x"],
             "toMend": [{"what": "Allow it.", "commands": ["aws iam one", "aws iam two"]}, {"what": "Then:", "commands": ["aws three"]}]},
            {"stage": "function", "state": "failed", "text": "There is none.", "evidence": [],
             "toMend": [{"what": "Make one.", "commands": ["aws lambda create-function"]}]},
            {"stage": "timeouts", "state": "notReached", "text": "No function.", "evidence": [], "toMend": []},
            {"stage": "trust", "state": "notSeen", "text": "Nobody can see it.", "evidence": [], "toMend": []},
        ],
        "network": [
            {"stage": "network", "state": "failed", "text": "No way.", "evidence": [],
             "hops": [{"kind": "name", "passes": True, "text": "resolved"}, {"kind": "egress", "passes": False, "text": "no rule"}],
             "toMend": [{"what": "Ask somebody.", "commands": []}, {"what": "Ask again.", "commands": []}]},
        ],
    }.get(command)
    told = fields if stages is None else {"database": "d", "function": command, "works": False, "stages": stages}
    return frame(b"N", struct.pack(">I", request_id) + field(1, argument.encode() if command == "text" else json.dumps(told).encode()))


def malformed_reply(command, request_id, reply):
    """The bytes of a reply that breaks one rule of frames.md; None when the command asks for none."""
    head = struct.pack(">I", request_id)
    status = field(1, struct.pack(">I", 200))
    return {
        "zero": struct.pack(">I", 0),
        "oversized": struct.pack(">I", LIMIT + 1) + b"R",
        "garbage": b"\xff" * 64,
        "unknown-type": frame(b"Q", head),
        "twice": frame(b"R", head + status + status),
        "overrun": frame(b"R", head + status + struct.pack(">BI", 2, 1000) + b"{}"),
        "no-status": frame(b"R", head + field(2, b"{}")),
        "wrong-id": result(request_id + 1, 200, b"{}"),
        "welcome-again": frame(b"W", struct.pack(">HI", 1, 1)),
        "newer-fields": frame(b"R", head + field(77, b"new") + status + field(2, b'"kept"') + field(78, b"")),
        "id-0": error(0, b"LM900", b"the message of no request"),
        "extra": reply + b"\0",
    }.get(command)


async def answer(reader, writer, request_id, fields, make_reply):
    """False when the connection is over."""
    command, _, argument = (fields.get("function_name") or "").partition(":")
    counters["invocations" if make_reply is well_formed_reply else "explanations"] += 1
    if command == "late":
        counters["late"] += 1
        counters["most_late"] = max(counters["most_late"], counters["late"])
    if command == "exit":
        os.kill(os.getpid(), signal.SIGKILL)
    if command == "stall":
        counters["stalled"] += 1
        await until_closed(reader)
        counters["stalled"] -= 1
        counters["dropped"] += 1
        return False
    if command == "late":
        await asyncio.sleep(int(argument) / 1000)
        counters["late"] -= 1
    reply = make_reply(request_id, fields)
    reply = malformed_reply(command, request_id, reply) or reply
    if command.startswith("cut"):
        writer.write(reply[:int(argument)])
        if command == "cut-hold":
            await until_closed(reader)
        return False
    if command == "mutant":
        writer.write(mutant.reply(int(argument), request_id, make_reply is explanation))
        return False
    if command == "drip":
        for byte in reply:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.001)
        return True
    writer.write(reply)
    await writer.drain()
    return True


async def serve(reader, writer):
    counters["accepted"] += 1
    counters["open"] += 1
    try:
        alive = await greet(reader, writer)
        while alive:
            kind, body = await read_frame(reader)
            if kind is None:
                break
            if kind == b"S" and body == b"":
                alive = await tell_status(reader, writer)
                continue
            try:
                if kind not in (b"I", b"X"):
                    raise ProtocolError(f"frame {kind!r} does not belong here")
                request_id, fields = parse_request(body, INVOKE_FIELDS if kind == b"I" else EXPLAIN_FIELDS)
            except (ProtocolError, UnicodeDecodeError, KeyError, struct.error) as flaw:
                writer.write(error(0, b"LM900", b"aws_lambda bridge: protocol error", str(flaw).encode()))
                break
            alive = await answer(reader, writer, request_id, fields, well_formed_reply if kind == b"I" else explanation)
    except ConnectionError:
        counters["dropped"] += 1
    finally:
        counters["open"] -= 1
        writer.close()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket", required=True)
    parser.add_argument("--max-connections", type=int, required=True)
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, [resource.getrlimit(resource.RLIMIT_NOFILE)[1]] * 2)
    os.umask(int(os.environ.get("PEER_UMASK", "177"), 8))
    if os.path.exists(arguments.socket):
        os.unlink(arguments.socket)
    server = await asyncio.start_unix_server(serve, arguments.socket, limit=LIMIT + 16, backlog=1000)
    loop = asyncio.get_running_loop()
    stop = loop.create_future()
    loop.add_signal_handler(signal.SIGTERM, lambda: stop.done() or stop.set_result(None))
    # EOF on standard input: whoever started this is gone.
    if os.environ.get("PEER_IGNORES_STDIN") is None:
        loop.add_reader(sys.stdin.fileno(), lambda: os.read(0, 1) or stop.done() or stop.set_result(None))
    await stop
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
