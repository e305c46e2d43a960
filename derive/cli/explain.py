"""`derive explain`: why a formula was called what it was called, or what a finding means."""

from __future__ import annotations

import argparse
import os
import re

from derive.cli.rule import show_rule
from derive.cli.streams import OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "explain",
        help="why a formula was called what it was called, or what a finding means",
        description="FILE:LINE or FILE:LINE:COLUMN: every decision on the way of the formulas there, from "
        "the reading to the verdict. A code (DRV…) or the name of a finding or a rule: what it means. "
        "Exit status: 0 explained, 2 nothing there.",
    )
    parser.add_argument(
        "subject", nargs="?", metavar="WHAT", help="FILE:LINE[:COLUMN], or a code or a name (missing-factor)"
    )
    parser.add_argument("--all", metavar="FILE", help="every formula of a file")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument(
        "--macros", action="append", default=[], metavar="FILE", help="as for `derive check`; may be repeated"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if (options.subject is None) == (options.all is None):
        complain("explain wants one of FILE:LINE, a code or a name, or --all FILE")
        return TROUBLE
    if options.all is not None:
        return _explain_file(options, options.all, None, None)
    place = re.fullmatch(r"(.+?):([1-9]\d*)(?::([1-9]\d*))?", options.subject)
    if place is not None:
        column = int(place[3]) if place[3] is not None else None
        return _explain_file(options, place[1], int(place[2]), column)
    if os.path.isfile(options.subject):
        complain(f"which line of {options.subject}? FILE:LINE, or --all FILE")
        return TROUBLE
    return show_rule(options.subject)


def _explain_file(options: argparse.Namespace, path: str, line: int | None, column: int | None) -> int:
    from derive.front.check import check
    from derive.report import explain

    report = check([path], macros=options.macros)
    for problem in report.problems:
        complain(problem)
    file = next((file for file in report.files if file.source.path == path), None)
    if file is None:
        if not report.problems:
            complain(f"{path}: no document")
        return TROUBLE
    entries = file.decided if line is None else explain.at(file, line, column)
    if not entries:
        complain(explain.nothing_there(file, line, column))
        return TROUBLE
    found = [explain.explanation(entry, file) for entry in entries]
    show(explain.render_json(found, path) if options.output_format == "json" else explain.render(found, path))
    return TROUBLE if report.problems else OK
