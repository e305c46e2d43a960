"""`derive differentiate`: a derivative, with the factors of the chain rule."""

from __future__ import annotations

import argparse

from derive.cli.streams import OK, TROUBLE, UNDECIDED, complain, show
from derive.cli.subcommands import Subcommands


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "differentiate",
        help="differentiate an expression",
        description="Differentiate an expression by a letter, through the definitions given, and show the "
        "factors of the chain rule.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("expression", metavar="EXPR", help=r"LaTeX, e.g. '\sin(x^2)'")
    parser.add_argument("--by", required=True, metavar="VAR", help="the letter to differentiate by")
    parser.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="RELATION",
        help="an assumption, definition or declaration in LaTeX; may be repeated",
    )
    parser.add_argument("--to", choices=("text", "latex", "json"), default="text", help="default: text")
    parser.set_defaults(run=run)


_EPILOG = r"""
exit status:
  0  done
  2  something cannot be read
  3  there is no rule for it

examples:
  derive differentiate '\sin(x^2)' --by x
  derive differentiate L --by w --given 'L = (y - a)^2' --given 'a = \tanh z' --given 'z = w x + b'
"""


def run(options: argparse.Namespace) -> int:
    from derive.calculus.differentiable import NotDifferentiable
    from derive.front.differentiate import differentiated
    from derive.notation import NotationError
    from derive.report import differentiated as report
    from derive.report.reasons import reason_text

    try:
        found = differentiated(options.expression, options.by, options.given)
    except NotationError as error:
        complain(f"cannot be read: {error.what}")
        return TROUBLE
    except NotDifferentiable as error:
        complain(f"cannot be differentiated: {reason_text(error.why)}")
        return UNDECIDED
    except ValueError as error:
        complain(str(error))
        return TROUBLE
    written = {"text": report.text, "latex": report.latex, "json": report.data}[options.to]
    show(written(found))
    return OK
