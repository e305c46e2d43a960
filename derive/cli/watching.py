"""`derive check --watch`: the same run again whenever a file of its folders changes.

Looked at are the folders in which documents of the run lie, and those of their settings: a document, a
chapter that is new, macros beside it, `derive.toml`. They are listed again and again, so that it works on
every system and every disk. What did not change is known from the cache.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from derive.cli.streams import OK, complain

EVERY = 0.5
"""Seconds between two looks at least; a look that takes long is followed by a longer rest."""
_REST = 5
"""How often as long as a look."""
_MOST = 100_000
"""As many files are looked at."""

Snapshot = dict[str, tuple[int, int]]
"""When each file was changed, in nanoseconds, and its size."""


def watch(
    paths: Sequence[str],
    output: str | None,
    run: Callable[[], int],
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Run, and again after every change, until Ctrl-C: the exit status of the last run that came to its end.
    `output` is what the run itself writes."""
    status = OK
    try:
        while True:
            before = snapshot(paths, output)
            status = run()
            sys.stdout.flush()
            complain("waiting for changes; Ctrl-C ends it")
            complain(f"{_change(before, paths, output, sleep)} changed")
    except KeyboardInterrupt:
        return status


def _change(
    before: Snapshot, paths: Sequence[str], output: str | None, sleep: Callable[[float], None]
) -> str:
    """The first file that is not as it was, as soon as there is one."""
    while True:
        started = time.monotonic()
        now = snapshot(paths, output)
        for path in sorted(before.keys() | now.keys()):
            if before.get(path) != now.get(path):
                return path
        sleep(max(EVERY, _REST * (time.monotonic() - started)))


def snapshot(paths: Sequence[str], output: str | None = None) -> Snapshot:
    """The files that a run may depend on; hidden ones and `output` are left out."""
    own = os.path.realpath(output) if output is not None else None
    found: Snapshot = {}
    for folder in dict.fromkeys(map(os.path.normpath, _folders(paths))):
        for entry in _entries(folder):
            try:
                if entry.is_file() and os.path.realpath(entry.path) != own:
                    state = entry.stat()
                    found[entry.path] = state.st_mtime_ns, state.st_size
            except OSError:
                continue  # gone meanwhile
            if len(found) >= _MOST:
                return found
    return found


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            return [entry for entry in listed if not entry.name.startswith(".")]
    except OSError:
        return []


def _folders(paths: Sequence[str]) -> Iterator[str]:
    from derive.documents.files import collect
    from derive.settings import SettingsError, settings_for

    every = (*paths, *collect(paths).paths)
    lying = (path if os.path.isdir(path) else os.path.dirname(path) for path in every)
    for folder in dict.fromkeys(lying):
        yield folder
        try:
            where = settings_for(os.path.join(folder, "-")).path
        except SettingsError as error:
            where = error.faults[0].split(": ", 1)[0]  # the file that is wrong
        if where is not None:
            yield os.path.dirname(where)
