"""Replies that break docs/frames.md in ways that nobody thought of: the same bytes for the same number, every time."""
import random
import struct

TEXTS = [b"", b"x", b"\0", b"a\0b", b"\0" * 70, b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "ü€\U0001f600".encode(), b"%s%n%m%1$s",
         b"{}", b'{"stages":[{"stage":1}]}', b'{"a":"\\u0000"}', b"[" * 9000, b'"' + b"y" * 70000 + b'"', b"z\0" * 5000, b"\xff" * 9000]
STATES = [b"LM000", b"LM905", b"57014", b"XX000", b"00000", b"lm000", b"LM\0\0\0", b"", b"LM0000"]
LENGTHS = [0, 1, 5, 0x7fffffff, 0x80000000, 0xfffffffb, 0xfffffffc, 0xffffffff, 16777215, 16777216]


def _field(chance, tag, value):
    length = len(value)
    if chance.random() < 0.08:
        length = chance.choice([length + chance.randint(-3, 3), *LENGTHS]) & 0xffffffff
    return struct.pack(">BI", tag, length) + value


def _fields(chance, kind):
    last = {b"R": 4, b"E": 4, b"N": 1}[kind]
    tags = [tag for tag in range(1, last + 1) if chance.random() < 0.9]
    if chance.random() < 0.3:
        chance.shuffle(tags)
    if chance.random() < 0.1:
        tags.append(chance.choice([0, 1, 2, 5, 77, 255]))
    for tag in tags:
        if tag == 1 and kind == b"R":
            value = chance.choice([struct.pack(">I", chance.choice([200, 0, 0x7fffffff, 0x80000000])), b"\0\0\0", b""]) \
                if chance.random() < 0.2 else struct.pack(">I", 200)
        elif tag == 1 and kind == b"E":
            value = chance.choice(STATES) if chance.random() < 0.3 else b"LM000"
        else:
            value = chance.choice(TEXTS)
        yield _field(chance, tag, value)


def _damaged(chance, data):
    """Bytes changed, taken out, put in, or the end left out."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        if chance.random() < 0.6:
            data[at] = chance.choice([0, 1, 0x7f, 0x80, 0xff, chance.randrange(256)])
        elif chance.random() < 0.5:
            del data[at:at + chance.randint(1, 4)]
        else:
            data[at:at] = bytes(chance.randint(1, 4))
        if not data:
            break
    return bytes(data)


def _framed(chance, body):
    if chance.random() < 0.3:
        body = _damaged(chance, body)
    length = len(body) if chance.random() < 0.93 else chance.choice([len(body) + chance.randint(-3, 3), *LENGTHS]) & 0xffffffff
    return struct.pack(">I", length) + body


def reply(number, request_id, to_explain):
    chance = random.Random(number)
    kind = b"E" if chance.random() < 0.6 else b"N" if to_explain else b"R"
    identity = request_id if chance.random() < 0.95 else chance.choice([0, request_id + 1, 0xffffffff])
    return _framed(chance, kind + struct.pack(">I", identity & 0xffffffff) + b"".join(_fields(chance, kind)))


def welcome(number):
    chance = random.Random(number)
    if chance.random() < 0.4:
        return _framed(chance, b"E" + struct.pack(">I", 0) + b"".join(_fields(chance, b"E")))
    return _framed(chance, b"W" + struct.pack(">HI", chance.choice([0, 1, 2, 3, 0xffff]), 4711) + chance.choice(TEXTS))
