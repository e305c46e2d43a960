"""The parser of the whole command."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from derive.cli import (
    cache,
    check,
    completion,
    decide,
    differentiate,
    explain,
    init,
    read,
    rule,
    symbols,
    verify_certificate,
)
from derive.cli.subcommands import subcommands
from derive.version import VERSION

COMMANDS = (
    check,
    decide,
    read,
    differentiate,
    symbols,
    explain,
    rule,
    init,
    verify_certificate,
    cache,
    completion,
)


class Parser(argparse.ArgumentParser):
    """Tells of a word that there is not which one is nearest to it.

    An option is written out: what begins one today may begin two tomorrow.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\nusage: {self.prog} --help lists what there is\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and isinstance(value, str) and value not in action.choices:
            there = list(action.choices)
            hint = _nearest(value, there) or f"; there are {', '.join(map(str, there))}"
            raise argparse.ArgumentError(action, f"{value!r} is none{hint}")
        super()._check_value(action, value)


def parsed(whole: argparse.ArgumentParser, argv: Sequence[str] | None) -> argparse.Namespace:
    """The options that arguments give. Raises `SystemExit`, with 2 for arguments that there are not."""
    found, left = whole.parse_known_args(argv)
    if left:
        command = subcommands(whole).get(found.command or "", whole)
        flags = [flag for action in command._actions for flag in action.option_strings]
        told = ", ".join(f"{word}{_nearest(word.partition('=')[0], flags)}" for word in left)
        command.error(f"unknown: {told}")
    return found


def _nearest(word: str, there: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(there), 1, 0.5)
    return f"; did you mean {near[0]}?" if near else ""


def parser() -> argparse.ArgumentParser:
    whole = Parser(prog="derive", description="A type checker for mathematics in documents.")
    whole.add_argument("--version", action="version", version=f"derive {VERSION}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    whole.set_defaults(whole=whole)
    return whole
