"""The page of commands and settings: `python -m derive.cli.reference > docs/commands.md`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from derive.cli.parser import parser
from derive.cli.subcommands import subcommands
from derive.settings.table import KEYS

_HEAD = """# Commands and settings

This page is made from the command itself (`python -m derive.cli.reference`).
[Using derive](usage.md) says what each is for.
"""


def page() -> str:
    """The whole page as Markdown."""
    rows = [_HEAD]
    for name, command in subcommands(parser()).items():
        rows += [f"## `derive {name}`\n", f"{command.description}\n", f"```text\n{_usage(command)}```\n"]
        rows += ["| option | |\n|---|---|"]
        rows[-1] += "".join(f"\n| {_names(a)} | {_cell(_help(a))} |" for a in options(command)) + "\n"
        if command.epilog:
            rows.append(f"```text\n{command.epilog.strip()}\n```\n")
    rows += ["## Settings\n", _SETTINGS]
    rows += ["| key | | example |\n|---|---|---|"]
    rows[-1] += "".join(f"\n| `{k.name}` | {_cell(k.meaning)} | `{k.sample}` |" for k in KEYS) + "\n"
    return "\n".join(rows)


_SETTINGS = """They stand in `derive.toml`, or under `[tool.derive]` in `pyproject.toml`; the nearest above a
document counts.
"""


def options(command: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """What a subcommand takes, `--help` left out."""
    return (action for action in command._actions if action.dest != "help")


def _usage(command: argparse.ArgumentParser) -> str:
    names = [
        f"[{_bare(a)}]" if a.option_strings or a.nargs in ("?", "*") else _bare(a) for a in options(command)
    ]
    many = len(names) > 6
    positional = [n for a, n in zip(options(command), names, strict=True) if not a.option_strings]
    return " ".join([command.prog, *(["[OPTIONS]", *positional] if many else names)]) + "\n"


def _bare(action: argparse.Action) -> str:
    value = _value(action)
    more = " …" if action.nargs in ("*", "+") else ""
    if not action.option_strings:
        return f"{value}{more}"
    return f"{action.option_strings[-1]} {value}".strip()


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def _names(action: argparse.Action) -> str:
    value = _value(action).replace("|", "\\|")
    if not action.option_strings:
        return f"`{_value(action)}`"
    return ", ".join(f"`{name}`" for name in action.option_strings) + (f" {value}" if value else "")


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%%", "%")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*") if "`" not in text else text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
