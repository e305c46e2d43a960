"""`derive check`: documents and folders."""

from __future__ import annotations

import argparse
import os
import sys

from derive.cli.formats import FORMATS, rendered, tells_notes
from derive.cli.streams import FOUND, OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands

LISTED = ("given", "undecided", "unread", "holds")


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "check",
        help="check documents",
        description="Check the formulas of documents. Exit status: 0 no errors, 1 errors found, "
        "2 wrong usage or internal fault.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: this folder)")
    parser.add_argument("--output-format", choices=FORMATS, default="full", help="default: full")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report to FILE")
    parser.add_argument(
        "--macros",
        action="append",
        default=[],
        metavar="FILE",
        help="a file that declares macros for all documents (LaTeX or MathJax); may be repeated",
    )
    parser.add_argument(
        "--list",
        action="append",
        default=[],
        choices=LISTED,
        help="print every formula of this verdict with its place and reason (formats full and concise); "
        "may be repeated",
    )
    parser.add_argument(
        "--trail", action="store_true", help="tell of every verdict how it came about (format json)"
    )
    parser.add_argument(
        "--claim-seconds",
        type=_seconds,
        metavar="S",
        help="processor time that a claim may cost (default: what the settings say, else 2)",
    )
    parser.add_argument(
        "--document-seconds",
        type=_seconds,
        metavar="S",
        help="processor time that a document may cost (default: what the settings say, else 30)",
    )
    parser.add_argument(
        "-j",
        "--jobs",
        type=_number,
        metavar="N",
        help="processes that share the documents (default: the cores)",
    )
    parser.add_argument("--no-cache", action="store_true", help="decide every claim anew, and keep nothing")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even when errors were found")
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return value


def _number(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes")
    return value


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(options: argparse.Namespace) -> int:
    from derive.front.check import check

    if options.list and options.output_format not in ("full", "concise"):
        complain(f"--list is for the formats full and concise, not for {options.output_format}")
        return TROUBLE
    if options.trail and options.output_format != "json":
        complain(f"--trail is for the format json, not for {options.output_format}")
        return TROUBLE
    report = check(
        options.paths or ["."],
        jobs=options.jobs or _cores(),
        macros=options.macros,
        claim_seconds=options.claim_seconds,
        document_seconds=options.document_seconds,
        cached=not options.no_cache,
        terms=False,
    )
    for problem in report.problems:
        complain(problem)
    colour = options.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    text = rendered(report, options, colour)
    if options.output is not None:
        try:
            with open(options.output, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(text)
        except OSError as error:
            complain(f"{options.output}: {error.strerror or error}")
            return TROUBLE
    else:
        show(text)
    if not tells_notes(options.output_format):
        for note in report.notes:
            complain(note)
    if report.problems:
        return TROUBLE
    return FOUND if report.errors and not options.exit_zero else OK
