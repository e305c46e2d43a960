"""`derive read`: a formula as SymPy code, as LaTeX, or as data."""

from __future__ import annotations

import argparse
import os
import re
from typing import TYPE_CHECKING

from derive.cli.streams import OK, TROUBLE, UNDECIDED, complain, show
from derive.cli.subcommands import Subcommands

if TYPE_CHECKING:
    from derive.report.reading import Read


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "read",
        help="read a formula: as SymPy code, LaTeX or data",
        description="Read a formula, or those on a line of a document in their context, and write how it was "
        "understood.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("subject", metavar="EXPR|FILE:LINE", help="LaTeX, or a place in a document")
    parser.add_argument(
        "--to",
        choices=("sympy", "latex", "json"),
        default="sympy",
        help="sympy: Python that builds the same expression (the default); json: the term with all readings",
    )
    parser.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="RELATION",
        help="an assumption, definition or declaration in LaTeX, for EXPR; may be repeated",
    )
    parser.set_defaults(run=run)


_EPILOG = r"""
exit status:
  0  done
  2  it cannot be read, or nothing stands there
  3  SymPy has no expression for it

examples:
  derive read '\frac{1}{1 + e^{-z}}'
  derive read notes.md:12 --to json
"""


def run(options: argparse.Namespace) -> int:
    from derive.documents import format_of
    from derive.notation import NotationError
    from derive.report import reading
    from derive.term.lower import NotExpressible

    place = re.fullmatch(r"(.+?):([1-9]\d*)", options.subject)
    try:
        if place is not None and os.path.exists(place[1]):
            found = _at(place[1], int(place[2]))
        elif place is not None and format_of(place[1]) is not None:
            raise ValueError(f"{place[1]}: no such file")  # and no formula ends with a file's name and a line
        else:
            found = [_alone(options)]
        write = {"sympy": reading.as_sympy, "latex": reading.as_latex, "json": reading.as_data}[options.to]
        written = write(found)
    except NotationError as error:
        where = options.subject[error.span.start : error.span.end]
        complain(f"cannot be read: {error.what}" + (f" at {where!r}" if where else ""))
        return TROUBLE
    except NotExpressible as error:
        complain(f"SymPy has no expression for {error.what}")
        return UNDECIDED
    except ValueError as error:
        complain(str(error))
        return TROUBLE
    show(written)
    return OK


def _alone(options: argparse.Namespace) -> Read:
    from derive.front.expressions import readings_of
    from derive.report.reading import Read

    return Read(options.subject, readings_of(options.subject, options.given))


def _at(path: str, line: int) -> list[Read]:
    """The relations on a line, and the formulas that state none. Raises ValueError where nothing stands."""
    from derive.front.expressions import readings_at
    from derive.report.reading import Read

    found = [Read(latex, readings, f"{path}:{line}") for latex, readings in readings_at(path, line)]
    if not found:
        raise ValueError(f"{path}:{line}: no formula that states something stands there")
    return found
