"""Units that stand on one side only: `3 \\cdot 4 = 12~\\mathrm{m}^2` compares the numbers.

An upright name behind a number that the document gives no other meaning is a unit; a list of units is
not needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derive.facts.pieces import walk
from derive.notation.syntax import Infix, Syntax
from derive.notation.syntax import Number as Digits
from derive.term.contents import among
from derive.term.fingerprint import fingerprint
from derive.term.nodes import At, Div, Mul, Neg, Number, Pow, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, substitute

_UPRIGHT = ("\\mathrm{", "\\text{")
_FARTHEST = 2
"""What is farther off than by this factor may be given in another unit: metres, minutes, inches."""


def without_units(terms: tuple[Term, ...], written: Sequence[Syntax], scope: Scope) -> tuple[Term, ...]:
    """The sides of a chain, `written` so; where one is worked out without a unit, the others lose theirs.

    Sides in two units are left, and so is what may be converted (`2000 \\cdot 3 = 6~\\mathrm{km}`) or is no
    unit: a word that a sign multiplies, `15 = 3 \\times \\text{rate}`.
    """
    reckoned = [v for t in terms if not isinstance(t, Number) and _rational(v := _put_in(t))]
    plain = [_plain(t, scope) for t in terms]
    if not reckoned or any(p is not None and _times_word(n) for p, n in zip(plain, written, strict=False)):
        return terms
    units = {frozenset(free_symbols(t)) for t, p in zip(terms, plain, strict=True) if p is not None}
    if len(units) != 1 or any(_converted(p, r) for p in plain if p is not None for r in reckoned):
        return terms
    return tuple(t if p is None else p for t, p in zip(terms, plain, strict=True))


def _times_word(node: Syntax) -> bool:
    """`3 \\times \\text{rate}`: a sign stands between the number and the word, which is a quantity then."""
    return (
        isinstance(node, Infix)
        and node.op != "/"
        and not any(isinstance(n, Digits) for n in walk((node.right,)))
    )


def _converted(given: Term, reckoned: Term) -> bool:
    """Whether a number may be another in a different unit: it is far off, or has digits behind the point that
    come of nothing on the other side."""
    a, b = fingerprint(given), fingerprint(reckoned)
    if a is None or b is None or not a[0] or not b[0]:
        return False
    ratio = abs(a[0] / b[0])
    rounded = _printed(given) and not _printed(reckoned) and b[0].denominator == 1
    return not Fraction(1, _FARTHEST) <= ratio <= _FARTHEST or (rounded and a[0] != b[0])


def _rational(term: Term) -> bool:
    """Whether a term is a number that is worked out without functions: of others it cannot be seen here how
    far off they are."""
    value = None if free_symbols(term) else fingerprint(term)
    return value is not None and value[0] == value[1]


def _put_in(term: Term) -> Term:
    """`[x^2]_0^2` with its bounds put in."""
    term = map_children(term, _put_in)
    return substitute(term.body, {term.variable: term.value}) if isinstance(term, At) else term


def _printed(term: Term) -> bool:
    return any(n.text is not None and "." in n.text for n in among(term, Number))


def _plain(side: Term, scope: Scope) -> Term | None:
    """The number before a unit; None where the side is anything else."""
    match side:
        case Neg(arg=arg):
            inner = _plain(arg, scope)
            return None if inner is None else Neg(inner)
        case Mul(args=args):
            numbers = [a for a in args if not free_symbols(a)]
            units = [a for a in args if _is_unit(a, scope)]
            if not numbers or not units or len(numbers) + len(units) != len(args):
                return None
            return numbers[0] if len(numbers) == 1 else Mul(tuple(numbers))
        case Div(numerator=above, denominator=below) if _is_unit(below, scope):
            return above if not free_symbols(above) else _plain(above, scope)
        case _:
            return None


def _is_unit(term: Term, scope: Scope) -> bool:
    match term:
        case Symbol(name=name):
            word = len(name) > 1 and name.replace("/", "").isalpha()
            return (word or name.startswith(_UPRIGHT)) and name not in scope.definitions
        case Pow(base=base, exponent=Number()):
            return _is_unit(base, scope)
        case Pow(base=base, exponent=Neg(arg=Number())):
            return _is_unit(base, scope)
        case Div(numerator=above, denominator=below):
            return _is_unit(above, scope) and _is_unit(below, scope)
        case Mul(args=args):
            return all(_is_unit(a, scope) for a in args)
        case _:
            return False
