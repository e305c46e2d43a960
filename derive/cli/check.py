"""`derive check`: documents and folders."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any, Protocol

from derive.cli import verdict
from derive.cli.formats import FORMATS, rendered, tells_notes
from derive.cli.streams import FOUND, INTERRUPTED, OK, TROUBLE, coloured, complain, show
from derive.cli.subcommands import Subcommands

if TYPE_CHECKING:
    from derive.model import Report
    from derive.settings import Settings

LISTED = ("given", "undecided", "unread", "holds")
STDIN = "-"


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "check",
        help="check documents",
        description="Check the formulas of documents.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders (default: this folder); - for a document from standard input",
    )
    _what_to_check(parser.add_argument_group("what is checked"))
    _what_to_tell(parser.add_argument_group("what is told"))
    _report(parser.add_argument_group("the report"))
    _status(parser.add_argument_group("exit status"))
    _mends(parser.add_argument_group("mends"))
    _settings(parser.add_argument_group("settings"))
    parser.set_defaults(run=run)


_EPILOG = """\
exit status:
  0  nothing that fails the run (warnings do not, unless --fail-on says so)
  1  errors were found
  2  wrong usage, a named file that cannot be read, wrong settings, or an internal fault
  4  with --strict or --fail-under: not enough was checked

examples:
  derive check notes/ paper.tex
  derive check --select DRV1 --ignore earlier-error chapter.md
  derive check --since main --output-format github
  derive check --write-baseline derive-baseline.json; derive check --baseline derive-baseline.json
  cat page.md | derive check - --stdin-filename docs/page.md
  derive check --diff notes.md; derive check --fix notes.md
  derive check --watch --output-format concise notes.md
"""


class _Group(Protocol):
    def add_argument(self, *names: str, **options: Any) -> argparse.Action: ...


def _what_to_check(group: _Group) -> None:
    group.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="leave out files and folders, besides those that the settings leave out: a name (drafts), or a "
        "path with * and ** from here on (notes/**/old-*.md); what is named outright is checked all the "
        "same; may be repeated",
    )
    group.add_argument(
        "--stdin-filename",
        metavar="FILE",
        help="what the document from standard input is called: its format, and where its settings stand "
        "(default: Markdown in this folder)",
    )
    group.add_argument(
        "--claim-seconds",
        type=_seconds,
        metavar="S",
        help="processor time that a claim may cost (default: what the settings say, else 2)",
    )
    group.add_argument(
        "--document-seconds",
        type=_seconds,
        metavar="S",
        help="processor time that a document may cost (default: what the settings say, else 30)",
    )
    group.add_argument(
        "-j",
        "--jobs",
        type=_number,
        metavar="N",
        help="processes that share the documents, or what is dear in one (default: the cores)",
    )
    group.add_argument(
        "--on",
        metavar="ADDRESS",
        help="let a cluster check the documents, in the place of processes here: dask://HOST:PORT is the "
        "scheduler of one of Dask, on whose workers this version of derive is installed",
    )
    group.add_argument("--no-cache", action="store_true", help="decide every claim anew, and keep nothing")
    group.add_argument(
        "--watch",
        action="store_true",
        help="check again whenever a file beside a document or one of settings changes, until Ctrl-C",
    )


def _what_to_tell(group: _Group) -> None:
    group.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="NAMES",
        help="tell these findings alone: codes, beginnings of codes or names, with commas (DRV1,norm); may "
        "be repeated",
    )
    group.add_argument(
        "--ignore", action="append", default=[], metavar="NAMES", help="do not tell these; as for --select"
    )
    group.add_argument(
        "--min-confidence",
        choices=("low", "medium", "high"),
        help="do not tell what is less sure (default: low); errors that are certified are high, warnings "
        "medium",
    )
    group.add_argument(
        "--since",
        metavar="REF",
        help="tell the findings alone that touch lines changed since this revision of git; whole documents "
        "are checked",
    )
    group.add_argument("--baseline", metavar="FILE", help="do not tell the findings that this file knows")
    group.add_argument(
        "--write-baseline", metavar="FILE", help="write the findings of this run into FILE, and exit with 0"
    )
    group.add_argument(
        "--prune-baseline",
        action="store_true",
        help="take the entries out of the baseline that no finding answers to",
    )


def _report(group: _Group) -> None:
    group.add_argument("--output-format", choices=FORMATS, help="default: what the settings say, else full")
    group.add_argument(
        "-o", "--output", metavar="FILE", help="write the report to FILE, never over a document"
    )
    group.add_argument(
        "--list",
        action="append",
        default=[],
        choices=LISTED,
        help="print every formula of this verdict with its place and reason (formats full and concise); "
        "may be repeated",
    )
    group.add_argument(
        "--trail", action="store_true", help="tell of every verdict how it came about (format json)"
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set, or where FORCE_COLOR is",
    )


def _status(group: _Group) -> None:
    group.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        help="the least finding that gives the exit status 1 (default: error)",
    )
    group.add_argument(
        "--strict",
        action="store_true",
        default=None,
        help="exit with 4 where something was not checked: a formula that was not read, no formula at all, "
        "mathematics in an unsupported format, a folder that cannot be read",
    )
    group.add_argument(
        "--fail-under",
        type=_percentage,
        metavar="COVERAGE",
        help="exit with 4 where fewer per cent of the formulas were read",
    )
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever was found")


def _mends(group: _Group) -> None:
    group.add_argument(
        "--diff",
        action="store_true",
        help="print what --fix would change instead of the report; exit with 1 where there is something",
    )
    group.add_argument(
        "--fix",
        action="store_true",
        help="write safe mends into the documents: of errors, one edit each, proved when the document is "
        "checked again; the report is of what is left",
    )
    group.add_argument(
        "--fix-on",
        choices=("error", "warning"),
        default="error",
        help="warning: with --fix and --diff also the mends of warnings, where they are proved likewise; the "
        "text may not have meant an identity, so look at them (default: error)",
    )


def _settings(group: _Group) -> None:
    group.add_argument(
        "--macros",
        action="append",
        default=[],
        metavar="FILE",
        help="a file that declares macros for all documents (LaTeX or MathJax); may be repeated",
    )
    group.add_argument("--isolated", action="store_true", help="as if there were no settings")
    group.add_argument(
        "--show-settings", action="store_true", help="print the settings of the first document, and exit"
    )


def _seconds(text: str) -> float:
    if (value := _value(text)) is None or not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return value


def _value(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes")
    return int(text)


def _percentage(text: str) -> float:
    if (value := _value(text)) is None or not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 100")
    return value


def run(options: argparse.Namespace) -> int:
    if not options.watch:
        return _told(options)
    from derive.cli.watching import watch

    paths: list[str] = options.paths or ["."]
    if STDIN in paths:
        complain("--watch looks at files, and standard input is none")
        return TROUBLE
    # each run has options of its own: they change as they are followed
    return watch(paths, options.output, lambda: _told(argparse.Namespace(**vars(options))))


def _told(options: argparse.Namespace) -> int:
    try:
        status = _run(options)
    except verdict.Usage as error:
        complain(str(error))
        return TROUBLE
    if status == INTERRUPTED and options.watch:
        raise KeyboardInterrupt
    return status


def _run(options: argparse.Namespace) -> int:
    """Raises `verdict.Usage`."""
    from derive.settings import over

    paths, texts = _inputs(options)
    given = _given(options)
    if options.show_settings:
        return _show_settings(paths, given, options.isolated)
    found = over(given, _of_run(paths, options.isolated))
    name = found.output_format or "full"
    options.output_format = verdict.format_named(name, found, FORMATS)
    verdict.fitting(options)
    verdict.guarded(options)
    verdict.reachable(options)
    checker = verdict.Checker(options, given, texts)
    report = checker.check(paths)
    for problem in report.problems:
        complain(problem)
    if report.interrupted:  # what was found is told; nothing is written that wants the whole of it
        options.write_baseline, options.prune_baseline, options.diff, options.fix = None, False, False, False
    report, baseline = verdict.through_the_gate(report, options, found)
    if options.diff or options.fix:
        report, changed = verdict.with_mends(report, options, checker, found)
        if options.diff:
            return TROUBLE if report.problems else FOUND if changed and not options.exit_zero else OK
    written = _written(report, options)
    if report.interrupted:
        return INTERRUPTED
    if not written or report.problems:
        return TROUBLE
    return OK if baseline or options.exit_zero else verdict.status(report, found)


def _inputs(options: argparse.Namespace) -> tuple[list[str], dict[str, bytes]]:
    """The paths, and what stands in those that lie on no disk. Raises `verdict.Usage`."""
    from derive.documents import FORMATS as SUFFIXES
    from derive.documents import format_of

    paths: list[str] = options.paths or ["."]
    if STDIN not in paths:
        if options.stdin_filename is not None:
            raise verdict.Usage("--stdin-filename is for a document from standard input: derive check -")
        return paths, {}
    if options.fix:
        raise verdict.Usage("--fix cannot write into standard input; --diff shows what it would")
    called = options.stdin_filename or STDIN
    if called != STDIN and format_of(called) is None:
        raise verdict.Usage(f"--stdin-filename {called}: not a supported format ({', '.join(SUFFIXES)})")
    return [called if path == STDIN else path for path in paths], {called: sys.stdin.buffer.read()}


def _given(options: argparse.Namespace) -> Settings:
    """Raises `verdict.Usage`."""
    from derive.gate.selection import validated
    from derive.settings import Settings, SettingsError

    given = Settings(
        select=_names(options.select),
        ignore=_names(options.ignore),
        min_confidence=options.min_confidence,
        exclude=tuple(options.exclude),
        fail_on=options.fail_on,
        fail_under=options.fail_under,
        strict=options.strict,
        baseline=options.baseline,
        output_format=options.output_format,
        claim_seconds=options.claim_seconds,
        document_seconds=options.document_seconds,
    )
    try:
        return validated(given)
    except SettingsError as error:
        raise verdict.Usage(str(error)) from None


def _names(words: list[str]) -> tuple[str, ...]:
    return tuple(name for word in words for name in word.replace(" ", ",").split(",") if name)


def _of_run(paths: list[str], alone: bool) -> Settings:
    from derive.settings import Settings, SettingsError, settings_of_run

    try:
        return Settings() if alone else settings_of_run(paths)
    except SettingsError:
        return Settings()  # the run tells of it, and goes on


def _show_settings(paths: list[str], given: Settings, alone: bool) -> int:
    from derive.settings import SettingsError, isolated, over, settings_for
    from derive.settings.shown import shown

    first = os.path.join(paths[0], "-") if os.path.isdir(paths[0]) else paths[0]
    try:
        found = isolated(first) if alone else settings_for(first)
    except SettingsError as error:
        raise verdict.Usage(str(error)) from None
    show(shown(over(given, found)))
    return OK


def _written(report: Report, options: argparse.Namespace) -> bool:
    """Whether the report could be written where it was to go."""
    text = rendered(report, options, options.output is None and coloured(options.color))
    if options.output is None:
        show(text)
    else:
        try:
            with open(options.output, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(text)
        except OSError as error:
            complain(f"{options.output}: {error.strerror or error}")
            return False
    if not tells_notes(options.output_format):
        for note in report.notes:
            complain(note)
    return True
