"""JSON as AWS's Python runtimes write it: by simplejson's rules, which are not those of the standard library."""

import decimal
import json
import os

# Since python3.12 what is not ASCII stands as it is; before, it is escaped.
_ENSURE_ASCII = int("0" + os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]) < 12
_encode_plain = json.JSONEncoder(ensure_ascii=_ENSURE_ASCII).encode
_encode_string = json.encoder.encode_basestring_ascii if _ENSURE_ASCII else json.encoder.encode_basestring
_SCALARS = {str, int, float, bool, type(None)}


def to_json(value):
    """
    The text of a value. Unlike json.dumps it takes bytes (of UTF-8) as text, what has _asdict (a namedtuple) as an object,
    and a Decimal digit by digit.

    Raises TypeError, ValueError or RecursionError with the texts that AWS shows after "Unable to marshal response: ".
    """
    if _is_plain(value):
        return _encode_plain(value)
    writer = _Writer()
    writer.write(value)
    return "".join(writer.parts)


def _is_plain(value):
    """Whether the standard library, which is some ten times as fast as the writer below, writes the same."""
    try:
        return type(value) in _SCALARS or _is_plain_container(value)
    except RecursionError:
        return True  # either names this by the same words


def _is_plain_container(value):
    kind = type(value)
    if kind is dict:
        for name in value:
            if type(name) is not str:
                return False
        value = value.values()
    elif kind is not list and kind is not tuple:
        return False
    for inner in value:
        if type(inner) not in _SCALARS and not _is_plain_container(inner):
            return False
    return True


class _Writer:
    def __init__(self):
        self.parts = []
        self._above = set()  # ids of what contains the value in hand
        self._names = {}  # a key that equals an earlier one, as 1 does True, gets the text of that one

    def write(self, value):
        if isinstance(value, (str, bytes)):
            self.parts.append(_string(value))
        elif value is None or isinstance(value, (int, float)):
            self.parts.append(_scalar(value))
        elif (fields := _fields(value)) is not None:
            self._write_object(fields)
        elif isinstance(value, (list, tuple)):
            self._write_array(value)
        elif isinstance(value, dict):
            self._write_object(value)
        elif isinstance(value, decimal.Decimal):
            self.parts.append("NaN" if value.is_nan() else str(value))
        else:
            raise TypeError("Object of type %s is not JSON serializable" % value.__class__.__name__)

    def _write_array(self, values):
        self._enter(values)
        separator = "["
        for value in values:
            self.parts.append(separator)
            self.write(value)
            separator = ", "
        self._leave(values, "[]" if separator == "[" else "]")

    def _write_object(self, members):
        self._enter(members)
        separator = "{"
        for name, value in members.items():
            text = self._names.get(name)
            if text is None:
                text = self._names[name] = _name(name)
            self.parts.append(separator + text + ": ")
            self.write(value)
            separator = ", "
        self._leave(members, "{}" if separator == "{" else "}")

    def _enter(self, container):
        if id(container) in self._above:
            raise ValueError("Circular reference detected")
        self._above.add(id(container))

    def _leave(self, container, end):
        self._above.discard(id(container))
        self.parts.append(end)


def _fields(value):
    """What _asdict returns; None where there is no such method, or one that wants arguments (of a class, not of its instance)."""
    try:
        method = value._asdict
    except Exception:
        return None
    if not callable(method):
        return None
    try:
        fields = method()
    except TypeError:
        return None
    if not isinstance(fields, dict):
        raise TypeError("_asdict() must return a dict, not %s" % type(fields).__name__)
    return fields


def _name(name):
    if isinstance(name, (str, bytes)):
        return _string(name)
    if name is None or isinstance(name, (int, float)):
        return _string(_scalar(name))
    return _encode_plain({name: None})  # raises TypeError by the same words


def _string(text):
    return _encode_string(str(text, "utf-8") if isinstance(text, bytes) else text)


def _scalar(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    # The repr of a subclass does not count.
    text = repr(int(value) if isinstance(value, int) else float(value))
    return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(text, text)
