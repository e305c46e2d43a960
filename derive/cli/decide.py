"""`derive decide`: one claim, or a derivation of several lines."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from derive.cli.streams import FOUND, OK, TROUBLE, UNDECIDED, complain, show
from derive.cli.subcommands import Subcommands

if TYPE_CHECKING:
    from derive.model import Verdict
    from derive.report.verdict import Step


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "decide",
        help="decide one claim or a derivation",
        description="Decide one relation, as asserted, or a derivation of several lines: then each step is "
        "decided, and of a false one it is told what is wrong and what would be right.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("claim", metavar="CLAIM", help=r"LaTeX, e.g. '\sin^2 x + \cos^2 x = 1'")
    parser.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="RELATION",
        help="an assumption, definition or declaration in LaTeX; may be repeated",
    )
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument(
        "--claim-seconds",
        type=float,
        metavar="S",
        help="processor time that each relation may cost (default: 2)",
    )
    parser.set_defaults(run=run)


_EPILOG = r"""
exit status:
  0  proved or holding
  1  refuted
  2  unread or wrong usage
  3  undecided

examples:
  derive decide '(a + b)^2 = a^2 + b^2'
  derive decide '\sqrt{x^2} = x' --given 'x > 0'
  derive decide '(x + y)^2 &= x^2 + 2xy + y^2 \\ &= x^2 + 3xy + y^2'
"""


def run(options: argparse.Namespace) -> int:
    from derive.model import Status
    from derive.report.verdict import render, render_json

    if options.claim_seconds is not None and not 0 < options.claim_seconds < float("inf"):
        complain("--claim-seconds wants a number above 0")
        return TROUBLE
    try:
        verdict, steps = _decided(options)
    except ValueError as error:
        complain(str(error))
        return TROUBLE
    if options.output_format == "json":
        show(render_json(options.claim, options.given, verdict, steps))
    else:
        show(render(verdict, steps))
    match verdict.status:
        case Status.PROVED | Status.HOLDS | Status.GIVEN:
            return OK
        case Status.REFUTED | Status.ILL_FORMED:
            return FOUND
        case Status.UNREAD:
            return TROUBLE
        case Status.UNDECIDED:
            return UNDECIDED


def _decided(options: argparse.Namespace) -> tuple[Verdict, tuple[Step, ...]]:
    """The verdict; the steps of a derivation, or the one that is wrong. Raises DeriveError."""
    from derive.front.decide import decide
    from derive.front.derivation import OFFSET, derivation
    from derive.model import Status
    from derive.report.verdict import row_of, steps_of, worst

    several = row_of(options.claim, len(options.claim)) > 1
    if not several:
        verdict = decide(options.claim, options.given, options.claim_seconds)
        if verdict.status not in (Status.REFUTED, Status.ILL_FORMED):
            return verdict, ()
    report = derivation(options.claim, options.given, options.claim_seconds)
    steps = steps_of(report, OFFSET)
    told = tuple(s for s in steps if s.verdict.status is not Status.GIVEN or s.finding is not None)
    if several:
        return worst(steps), told
    # of one relation the verdict is told, and of the derivation what is wrong and what would be right
    return verdict, told if any(step.finding is not None for step in told) else ()
