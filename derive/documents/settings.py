"""Settings beside a document: the nearest `derive.toml`, or `[tool.derive]` of the nearest `pyproject.toml`.

    [tool.derive]
    macros = { "\\bx" = "\\mathbf{x}", "\\E" = ["\\mathbb{E}\\left[#1\\right]", 1] }

A macro's value is its body, or a list of body, number of arguments and the default of the first.
`claim-seconds` and `document-seconds` are what a claim and a document may cost, in processor time.
`conventional-commands = false` leaves commands that nothing declares unknown, whatever convention says.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from derive.documents.macros import NAME, parameters
from derive.documents.sites import macros_in
from derive.model import Macro

_LARGEST = 1_000_000  # characters of a file of macros


class SettingsError(ValueError):
    """Settings that cannot be read; the message names the file and says why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project sets for its documents. `path` is the file it stands in, None where there is none."""

    macros: tuple[Macro, ...] = ()
    path: str | None = None
    conventions: bool = True
    claim_seconds: float | None = None
    document_seconds: float | None = None


def settings_for(document: str) -> Settings:
    """The settings in the document's folder or the nearest folder above that has some.

    Raises `SettingsError`.
    """
    folder = os.path.dirname(os.path.abspath(document))
    while True:
        for name, inside in (("derive.toml", ()), ("pyproject.toml", ("tool", "derive"))):
            file = os.path.join(folder, name)
            if os.path.isfile(file) and (table := _table(file, inside)) is not None:
                return Settings(
                    _macros(file, table.get("macros", {})),
                    file,
                    _conventions(file, table),
                    _seconds(file, table, "claim-seconds"),
                    _seconds(file, table, "document-seconds"),
                )
        above = os.path.dirname(folder)
        if above == folder:
            return Settings()
        folder = above


def _table(file: str, inside: tuple[str, ...]) -> Mapping[str, Any] | None:
    try:
        with open(file, "rb") as opened:
            table: Any = tomllib.load(opened)
    except (OSError, ValueError) as error:
        if inside:  # another tool's file: its faults are not ours to tell
            return None
        raise SettingsError(f"{file}: {error}") from error
    for key in inside:
        table = table.get(key) if isinstance(table, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: {'.'.join(inside)} is no table")
    return table


def _conventions(file: str, table: Mapping[str, Any]) -> bool:
    value = table.get("conventional-commands", True)
    if not isinstance(value, bool):
        raise SettingsError(f"{file}: conventional-commands: true or false is expected")
    return value


def _seconds(file: str, table: Mapping[str, Any], key: str) -> float | None:
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise SettingsError(f"{file}: {key}: a number of seconds above 0 is expected")
    return float(value)


def _macros(file: str, table: object) -> tuple[Macro, ...]:
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: macros: a table of names and bodies is expected")
    return tuple(_macro(file, name, value) for name, value in table.items())


def _macro(file: str, key: str, value: object) -> Macro:
    name = key.removeprefix("\\")
    if not NAME.fullmatch(name):
        raise SettingsError(f"{file}: macros: {key!r} is no name of a command")
    match value:
        case str():
            return Macro(name, value, parameters(value))
        case [str(body), int(arity)] if 0 <= arity <= 9:
            return Macro(name, body, arity)
        case [str(body), int(arity), str(default)] if 1 <= arity <= 9:
            return Macro(name, body, arity, default)
    raise SettingsError(
        f"{file}: macros: {key!r} needs a body, or a list of body, number of arguments and default"
    )


def macros_of_file(file: str) -> tuple[Macro, ...]:
    """The macros that a file declares: LaTeX declarations, a MathJax or KaTeX configuration, or that of a
    documentation system.

    Raises `SettingsError` for a file that cannot be read or declares none.
    """
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            text = opened.read(_LARGEST)
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror or error}") from error
    found = macros_in(file, text)
    if not found:
        raise SettingsError(f"{file}: declares no macros")
    return found
