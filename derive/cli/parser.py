"""The parser of the whole command."""

from __future__ import annotations

import argparse

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


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="derive", description="A type checker for mathematics in documents.", allow_abbrev=False
    )
    whole.add_argument("--version", action="version", version=f"derive {VERSION}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    whole.set_defaults(whole=whole)
    return whole
