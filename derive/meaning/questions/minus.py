"""`6 \\times -0.4^2`: a number put in with its sign, or the sign of the power.

Between an operator and a number a sign needs a parenthesis; where it has none, the number was put in as it
was for a letter, and the power is often meant of all of it.
"""

from __future__ import annotations

from typing import Any

from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Neg, Pow, Term

_OPTIONS = (
    ("power", Choice(Chosen.SIGN_OF_POWER)),
    ("number", Choice(Chosen.SIGN_OF_NUMBER)),
)


def signed_number(r: Reader, operand: Any) -> Term | None:
    """The power of a negative number, where an operand is one written without its parenthesis."""
    match operand:
        case s.Sum(parts=(("-", s.Scripts(base=s.Number() as number, sup=power, sub=None)),)):
            if power is not None and r.ask(f"sign:{operand.span.start}", _OPTIONS) == "number":
                return Pow(Neg(r.term(number)), r.term(power), span=operand.span)
    return None
