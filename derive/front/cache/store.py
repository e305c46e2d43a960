"""Bytes by key in a file of SQLite. Whatever is wrong with the file costs time only."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from typing import Literal

NAME = "derive.sqlite"
_SCHEMA = 1
LARGEST = 256 << 20
"""Bytes; a file that has grown beyond them loses the older half of its rows."""
_WAIT = 2.0
"""Seconds that a run waits for another that is writing; after them it writes nothing."""
_BESIDE = {".gitignore": "*\n", "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n"}

Table = Literal["documents", "questions"]
TABLES: tuple[Table, ...] = ("documents", "questions")


class Store:
    """What is kept in one folder. No method raises for what the folder and the file are or are not."""

    def __init__(self, folder: str, largest: int = LARGEST) -> None:
        self._folder = folder
        self._file = os.path.join(folder, NAME)
        self._largest = largest
        self._opened: sqlite3.Connection | None = None
        self._reads = self._writes = True

    def get(self, table: Table, key: bytes) -> bytes | None:
        """The value of a key, None where there is none."""
        if not self._reads or (self._opened is None and not os.path.exists(self._file)):
            return None  # nothing is made by looking
        try:
            row = self._connection().execute(f"SELECT value FROM {table} WHERE key = ?", (key,)).fetchone()
        except (sqlite3.Error, OSError) as error:
            self._reads = False
            self._discard(error)
            return None
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def put(self, table: Table, values: Mapping[bytes, bytes]) -> None:
        """Keep values, all in one transaction."""
        if not values or not self._writes:
            return
        try:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                f"INSERT OR REPLACE INTO {table} (key, value) VALUES (?, ?)", values.items()
            )
            connection.execute("COMMIT")
            if os.path.getsize(self._file) > self._largest:
                _halve(connection)
        except (sqlite3.Error, OSError) as error:
            self._writes = False
            self._discard(error)

    def close(self) -> None:
        if self._opened is not None:
            with suppress(sqlite3.Error):
                self._opened.close()
            self._opened = None

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            if not os.path.exists(self._file):
                _make(self._folder)
            self._opened = sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)
            self._opened.execute("PRAGMA synchronous = OFF")
            if _schema(self._opened) != _SCHEMA:
                self._opened.execute("BEGIN IMMEDIATE")
                if _schema(self._opened) != _SCHEMA:  # another run may have been quicker
                    _lay_out(self._opened)
                self._opened.execute("COMMIT")
        return self._opened

    def _discard(self, error: Exception) -> None:
        """Leaves the file alone for this run; one that is no database is taken away for the next."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            self._reads = self._writes = False
            with suppress(OSError):
                os.unlink(self._file)


def clean(folder: str) -> bool:
    """Take away what is kept in a folder; whether there was anything. Raises OSError."""
    found = False
    for name in (NAME, f"{NAME}-journal", *_BESIDE):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, name))
            found = True
    with suppress(OSError):  # it is not there, or the user's own files are in it
        os.rmdir(folder)
    return found


def _schema(connection: sqlite3.Connection) -> object:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _lay_out(connection: sqlite3.Connection) -> None:
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute(f"CREATE TABLE {table} (age INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)")
    connection.execute(f"PRAGMA user_version = {_SCHEMA}")


def _halve(connection: sqlite3.Connection) -> None:
    """What is put again is young again: its row is a new one."""
    for table in TABLES:
        middle = f"SELECT age FROM {table} ORDER BY age LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM {table})"
        connection.execute(f"DELETE FROM {table} WHERE age < ({middle})")
    connection.execute("VACUUM")


def _make(folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    for name, text in _BESIDE.items():
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
