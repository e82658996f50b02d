"""A session through libpq, which every machine with PostgreSQL has: times a statement without a client program around it."""

import ctypes
import ctypes.util
import time

_CONNECTION_OK = 0
_PGRES_COMMAND_OK = 1
_PGRES_TUPLES_OK = 2

_libpq = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
_libpq.PQconnectdb.restype = ctypes.c_void_p
_libpq.PQconnectdb.argtypes = [ctypes.c_char_p]
_libpq.PQexec.restype = ctypes.c_void_p
_libpq.PQexec.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
for _name in ("PQstatus", "PQbackendPID", "PQresultStatus", "PQntuples"):
    getattr(_libpq, _name).argtypes = [ctypes.c_void_p]
for _name in ("PQerrorMessage", "PQresultErrorMessage", "PQgetvalue"):
    getattr(_libpq, _name).restype = ctypes.c_char_p
_libpq.PQerrorMessage.argtypes = [ctypes.c_void_p]
_libpq.PQresultErrorMessage.argtypes = [ctypes.c_void_p]
_libpq.PQgetvalue.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
for _name in ("PQfinish", "PQclear"):
    getattr(_libpq, _name).restype = None
    getattr(_libpq, _name).argtypes = [ctypes.c_void_p]


class SqlError(Exception):
    """The server's own message, or libpq's when no session came about."""


class Session:
    def __init__(self, conninfo):
        self._connection = _libpq.PQconnectdb(conninfo.encode())
        if _libpq.PQstatus(self._connection) != _CONNECTION_OK:
            message = _libpq.PQerrorMessage(self._connection).decode().strip()
            self.close()
            raise SqlError(message)
        self.pid = _libpq.PQbackendPID(self._connection)

    def value(self, sql):
        """The first column of the first row as text; None when there is no row."""
        result = _libpq.PQexec(self._connection, sql.encode())
        try:
            if _libpq.PQresultStatus(result) not in (_PGRES_COMMAND_OK, _PGRES_TUPLES_OK):
                raise SqlError(_libpq.PQresultErrorMessage(result).decode().strip())
            return _libpq.PQgetvalue(result, 0, 0).decode() if _libpq.PQntuples(result) else None
        finally:
            _libpq.PQclear(result)

    def milliseconds(self, sql):
        start = time.perf_counter()
        self.value(sql)
        return (time.perf_counter() - start) * 1000

    def close(self):
        if self._connection:
            _libpq.PQfinish(self._connection)
            self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
