"""Units that stand on one side only: `3 \\cdot 4 = 12~\\mathrm{m}^2` compares the numbers.

An upright name behind a number that the document gives no other meaning is a unit; a list of units is
not needed.
"""

from __future__ import annotations

from fractions import Fraction

from derive.term.fingerprint import fingerprint
from derive.term.nodes import Div, Mul, Neg, Number, Pow, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols

_PREFIXES = 25
"""Powers of ten that may lie between two units of a kind."""
_FACTORS = frozenset((12, 24, 60, 360, 365, 3600, 1440, 86400, 180))
"""Between units that are no power of ten apart: inches, hours, minutes, turns, days, seconds."""
_UPRIGHT = ("\\mathrm{", "\\text{")


def without_units(sides: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
    """The sides of a chain; where one is a number without a unit, the others lose theirs, unless the two may
    be in different units, as `2000 \\cdot 3 = 6~\\mathrm{km}`."""
    bare = [side for side in sides if not free_symbols(side)]
    if not bare:
        return sides
    plain = [_plain(side, scope) for side in sides]
    if any(_converted(p, b) for p in plain if p is not None for b in bare):
        return sides
    return tuple(side if p is None else p for side, p in zip(sides, plain, strict=True))


def _converted(one: Term, other: Term) -> bool:
    """Whether two numbers differ by a factor between units: a power of ten, of time, of an angle."""
    a, b = fingerprint(one), fingerprint(other)
    if a is None or b is None or not a[0] or not b[0]:
        return False
    ratio = abs(a[0] / b[0])
    ratio = max(ratio, 1 / ratio)
    tens = ratio in (Fraction(10) ** k for k in range(1, _PREFIXES))
    return tens or ratio in _FACTORS


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
