"""Where settings stand: the nearest `derive.toml`, or `[tool.derive]` of the nearest `pyproject.toml`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from derive.settings.table import Settings, settings_of
from derive.settings.values import SettingsError

_LARGEST = 1_000_000  # bytes of a file of settings


def settings_for(document: str) -> Settings:
    """The settings in the document's folder or the nearest folder above that has some.

    Raises `SettingsError`.
    """
    folder = os.path.dirname(os.path.abspath(document))
    while True:
        for name, inside in (("derive.toml", ()), ("pyproject.toml", ("tool", "derive"))):
            file = os.path.join(folder, name)
            if os.path.isfile(file) and (table := _table(file, inside)) is not None:
                return settings_of(file, table)
        above = os.path.dirname(folder)
        if above == folder:
            return Settings()
        folder = above


def settings_of_run(paths: Sequence[str]) -> Settings:
    """What concerns a run as a whole: the settings found from this folder on, else from the first path on.

    Raises `SettingsError`.
    """
    found = settings_for(os.path.join(os.getcwd(), "-"))
    if found.path is None and paths:
        first = paths[0]
        found = settings_for(os.path.join(first, "-") if os.path.isdir(first) else first)
    return found


def isolated(document: str) -> Settings:
    """As if there were none."""
    return Settings()


def _table(file: str, inside: tuple[str, ...]) -> Mapping[str, Any] | None:
    try:
        with open(file, "rb") as opened:
            raw = opened.read(_LARGEST + 1)
        if len(raw) > _LARGEST:
            raise ValueError(f"larger than {_LARGEST} bytes")
        import tomllib  # with what it needs it is one of the dearest modules of the start

        table: Any = tomllib.loads(raw.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        if inside:  # another tool's file: its faults are not ours to tell
            return None
        told = "nested too deep" if isinstance(error, RecursionError) else error
        raise SettingsError(f"{file}: {told}") from error
    for key in inside:
        table = table.get(key) if isinstance(table, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: {'.'.join(inside)} is no table")
    return table
