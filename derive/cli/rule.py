"""`derive rule`: what a rule says, with its examples."""

from __future__ import annotations

import argparse
import difflib

from derive.cli.streams import OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "rule",
        help="what a rule says, with its examples",
        description="One rule or finding by its name or code, or all of every table.",
    )
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="a name from a trail (asserted/step) or a code"
    )
    parser.add_argument("--list", action="store_true", help="every rule of every table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if options.list == (options.name is not None):
        complain("rule wants one of a name or code, or --list")
        return TROUBLE
    if not options.list:
        return show_rule(options.name)
    from derive.report import rules

    show(rules.listing())
    return OK


def show_rule(word: str) -> int:
    from derive.report import rules

    shown = rules.find(word)
    if shown is None:
        near = difflib.get_close_matches(word.strip().lower(), rules.names(), 8, 0.3)
        hint = f"; near it are {', '.join(near)}" if near else ""
        complain(f"no finding and no rule has the code or name {word!r}{hint} (all: `derive rule --list`)")
        return TROUBLE
    show(rules.render(shown))
    return OK
