"""Macros that settings declare, or a file of macros."""

from __future__ import annotations

from derive.documents.macros import NAME, parameters
from derive.documents.sites import macros_in
from derive.model import Macro
from derive.settings.values import SettingsError, Unfit

_LARGEST = 1_000_000  # characters of a file of macros


def macros(table: object) -> tuple[Macro, ...]:
    """A value is the body, or a list of body, number of arguments and the default of the first."""
    if not isinstance(table, dict):
        raise Unfit("a table of names and bodies is expected")
    return tuple(_macro(name, value) for name, value in table.items())


def _macro(key: str, value: object) -> Macro:
    name = key.removeprefix("\\")
    if not NAME.fullmatch(name):
        raise Unfit(f"{key!r} is no name of a command")
    match value:
        case str():
            return Macro(name, value, parameters(value))
        case [str(body), int(arity)] if 0 <= arity <= 9:
            return Macro(name, body, arity)
        case [str(body), int(arity), str(default)] if 1 <= arity <= 9:
            return Macro(name, body, arity, default)
    raise Unfit(f"{key!r} needs a body, or a list of body, number of arguments and default")


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
