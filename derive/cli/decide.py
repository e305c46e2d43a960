"""`derive decide`: one claim."""

from __future__ import annotations

import argparse

from derive.cli.streams import FOUND, OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "decide",
        help="decide one claim",
        description="Decide one relation, as asserted. Exit status: 0 proved or holding, 1 refuted, "
        "2 unread or wrong usage, 3 undecided.",
    )
    parser.add_argument("claim", metavar="CLAIM", help=r"LaTeX, e.g. '\sin^2 x + \cos^2 x = 1'")
    parser.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="RELATION",
        help="an assumption, definition or declaration in LaTeX; may be repeated",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from derive.front.decide import decide
    from derive.model import Status
    from derive.report.verdict import render

    try:
        verdict = decide(options.claim, given=options.given)
    except ValueError as error:
        complain(str(error))
        return TROUBLE
    show(render(verdict))
    match verdict.status:
        case Status.PROVED | Status.HOLDS | Status.GIVEN:
            return OK
        case Status.REFUTED | Status.ILL_FORMED:
            return FOUND
        case Status.UNREAD:
            return TROUBLE
        case Status.UNDECIDED:
            return 3
