"""The command `derive`. Stages are imported when a subcommand needs them, so that `--version` is instant."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.version import VERSION

if TYPE_CHECKING:
    from derive.model import Report

OK, FOUND, TROUBLE = 0, 1, 2
FORMATS = ("full", "concise", "json", "latex")
LISTED = ("given", "undecided", "unread", "holds")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status: 0 nothing found, 1 errors found, 2 wrong usage or internal fault."""
    parser = _parser()
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else TROUBLE
    try:
        status = _run(options, parser)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # the reader went away (`derive check … | head`): no message, and none at interpreter shutdown
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        _complain("interrupted")
        return 130
    except Exception as error:
        # the boundary of the program: a fault of ours is told in a line and by the status
        if "DERIVE_DEBUG" in os.environ:
            raise
        _complain(f"internal fault: {type(error).__name__}: {error} (DERIVE_DEBUG=1 shows where)")
        return TROUBLE


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    match options.command:
        case "check":
            return _check(options)
        case "decide":
            return _decide(options)
        case "verify-certificate":
            return _verify_certificate(options)
        case "explain":
            return _explain(options)
        case "rule":
            return _rule(options)
        case _:
            parser.print_help()
            return TROUBLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="derive", description="A type checker for mathematics in documents.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"derive {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    check = commands.add_parser(
        "check",
        help="check documents",
        description="Check the formulas of documents. Exit status: 0 no errors, 1 errors found, "
        "2 wrong usage or internal fault.",
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: this folder)")
    check.add_argument("--output-format", choices=FORMATS, default="full", help="default: full")
    check.add_argument("-o", "--output", metavar="FILE", help="write the report to FILE")
    check.add_argument(
        "--macros",
        action="append",
        default=[],
        metavar="FILE",
        help="a file that declares macros for all documents (LaTeX or MathJax); may be repeated",
    )
    check.add_argument(
        "--list",
        action="append",
        default=[],
        choices=LISTED,
        help="print every formula of this verdict with its place and reason (formats full and concise); "
        "may be repeated",
    )
    check.add_argument(
        "--trail", action="store_true", help="tell of every verdict how it came about (format json)"
    )
    check.add_argument(
        "--claim-seconds",
        type=_seconds,
        metavar="S",
        help="processor time that a claim may cost (default: what the settings say, else 2)",
    )
    check.add_argument(
        "--document-seconds",
        type=_seconds,
        metavar="S",
        help="processor time that a document may cost (default: what the settings say, else 30)",
    )
    check.add_argument("--no-cache", action="store_true", help="decide every claim anew")
    check.add_argument("--exit-zero", action="store_true", help="exit with 0 even when errors were found")

    decide = commands.add_parser(
        "decide",
        help="decide one claim",
        description="Decide one relation, as asserted. Exit status: 0 proved or holding, 1 refuted, "
        "2 unread or wrong usage, 3 undecided.",
    )
    decide.add_argument("claim", metavar="CLAIM", help=r"LaTeX, e.g. '\sin^2 x + \cos^2 x = 1'")
    decide.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="RELATION",
        help="an assumption, definition or declaration in LaTeX; may be repeated",
    )

    verify = commands.add_parser(
        "verify-certificate",
        help="replay the refutations of a JSON report",
        description="Replay each refutation of a JSON report independently of the checker. Exit status: "
        "0 none contradicted, 1 some contradicted, 2 not a report.",
    )
    verify.add_argument("report", metavar="REPORT.json")

    explain = commands.add_parser(
        "explain",
        help="why a formula was called what it was called, or what a finding means",
        description="FILE:LINE or FILE:LINE:COLUMN: every decision on the way of the formulas there, from "
        "the reading to the verdict. A code (DRV…) or the name of a finding or a rule: what it means. "
        "Exit status: 0 explained, 2 nothing there.",
    )
    explain.add_argument(
        "subject", nargs="?", metavar="WHAT", help="FILE:LINE[:COLUMN], or a code or a name (missing-factor)"
    )
    explain.add_argument("--all", metavar="FILE", help="every formula of a file")
    explain.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    explain.add_argument(
        "--macros", action="append", default=[], metavar="FILE", help="as for `derive check`; may be repeated"
    )

    rule = commands.add_parser(
        "rule",
        help="what a rule says, with its examples",
        description="One rule or finding by its name or code, or all of every table.",
    )
    rule.add_argument("name", nargs="?", metavar="NAME", help="a name from a trail (asserted/step) or a code")
    rule.add_argument("--list", action="store_true", help="every rule of every table")
    return parser


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return value


def _complain(text: str) -> None:
    print(f"derive: {text}", file=sys.stderr)


def _check(options: argparse.Namespace) -> int:
    from derive.front.check import check

    if options.list and options.output_format not in ("full", "concise"):
        _complain(f"--list is for the formats full and concise, not for {options.output_format}")
        return TROUBLE
    if options.trail and options.output_format != "json":
        _complain(f"--trail is for the format json, not for {options.output_format}")
        return TROUBLE
    report = check(
        options.paths or ["."],
        jobs=os.cpu_count() or 1,
        macros=options.macros,
        claim_seconds=options.claim_seconds,
        document_seconds=options.document_seconds,
    )
    for problem in report.problems:
        _complain(problem)
    colour = options.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    text = _rendered(report, options, colour)
    if options.output is not None:
        try:
            with open(options.output, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(text)
        except OSError as error:
            _complain(f"{options.output}: {error.strerror or error}")
            return TROUBLE
    else:
        _print(text)
    if options.output_format in ("json", "latex"):
        for note in report.notes:
            _complain(note)
    if report.problems:
        return TROUBLE
    return FOUND if report.errors and not options.exit_zero else OK


def _print(text: str) -> None:
    """Write to standard output, whatever its encoding can hold."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _rendered(report: Report, options: argparse.Namespace, colour: bool) -> str:
    from derive.model import Status

    listed = frozenset(Status(name) for name in options.list)
    match options.output_format:
        case "concise":
            from derive.report import concise

            return concise.render(report, listed)
        case "json":
            from derive.report import json

            return json.render(report, options.trail)
        case "latex":
            from derive.report import latex

            return latex.render(report)
        case _:
            from derive.report import full

            return full.render(report, colour, listed)


def _decide(options: argparse.Namespace) -> int:
    from derive.front.decide import decide
    from derive.model import Status
    from derive.report.verdict import render

    try:
        verdict = decide(options.claim, given=options.given)
    except ValueError as error:
        _complain(str(error))
        return TROUBLE
    _print(render(verdict))
    match verdict.status:
        case Status.PROVED | Status.HOLDS | Status.GIVEN:
            return OK
        case Status.REFUTED | Status.ILL_FORMED:
            return FOUND
        case Status.UNREAD:
            return TROUBLE
        case Status.UNDECIDED:
            return 3


def _verify_certificate(options: argparse.Namespace) -> int:
    import json

    from derive.replay.certificate import verify_certificates

    try:
        with open(options.report, encoding="utf-8") as file:
            report = json.load(file)
        if not isinstance(report, dict) or not isinstance(report.get("files"), list):
            raise ValueError("not a report of `derive check --output-format json`")
        replays = verify_certificates(report)
    except OSError as error:
        _complain(f"{options.report}: {error.strerror or error}")
        return TROUBLE
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        _complain(f"{options.report}: cannot be read as a report: {error}")
        return TROUBLE
    for replay in replays:
        _print(f"{replay.claim}: {replay.status}: {replay.detail}\n")
    tally = {
        word: sum(r.status == word for r in replays) for word in ("confirmed", "contradicted", "not replayed")
    }
    _print(f"{len(replays)} refuted: " + ", ".join(f"{n} {word}" for word, n in tally.items()) + "\n")
    return FOUND if tally["contradicted"] else OK


def _explain(options: argparse.Namespace) -> int:
    if (options.subject is None) == (options.all is None):
        _complain("explain wants one of FILE:LINE, a code or a name, or --all FILE")
        return TROUBLE
    if options.all is not None:
        return _explain_file(options, options.all, None, None)
    place = re.fullmatch(r"(.+?):([1-9]\d*)(?::([1-9]\d*))?", options.subject)
    if place is not None:
        column = int(place[3]) if place[3] is not None else None
        return _explain_file(options, place[1], int(place[2]), column)
    if os.path.isfile(options.subject):
        _complain(f"which line of {options.subject}? FILE:LINE, or --all FILE")
        return TROUBLE
    return _print_rule(options.subject)


def _explain_file(options: argparse.Namespace, path: str, line: int | None, column: int | None) -> int:
    from derive.front.check import check
    from derive.report import explain

    report = check([path], macros=options.macros)
    for problem in report.problems:
        _complain(problem)
    file = next((file for file in report.files if file.source.path == path), None)
    if file is None:
        if not report.problems:
            _complain(f"{path}: no document")
        return TROUBLE
    entries = file.decided if line is None else explain.at(file, line, column)
    if not entries:
        _complain(explain.nothing_there(file, line, column))
        return TROUBLE
    found = [explain.explanation(entry, file) for entry in entries]
    _print(
        explain.render_json(found, path) if options.output_format == "json" else explain.render(found, path)
    )
    return TROUBLE if report.problems else OK


def _rule(options: argparse.Namespace) -> int:
    if options.list == (options.name is not None):
        _complain("rule wants one of a name or code, or --list")
        return TROUBLE
    if not options.list:
        return _print_rule(options.name)
    from derive.report import rules

    _print(rules.listing())
    return OK


def _print_rule(word: str) -> int:
    from derive.report import rules

    shown = rules.find(word)
    if shown is None:
        near = difflib.get_close_matches(word.strip().lower(), rules.names(), 8, 0.3)
        hint = f"; near it are {', '.join(near)}" if near else ""
        _complain(f"no finding and no rule has the code or name {word!r}{hint} (all: `derive rule --list`)")
        return TROUBLE
    _print(rules.render(shown))
    return OK
