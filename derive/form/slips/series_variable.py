"""One power in a series is of another letter than all the others.

`e^z = 1 + z + \\frac{1}{2} x^2 + \\frac{1}{6} z^3 + \\dots`: the powers of z go on one by one, and in the
place of one of them stands a power of x, which the left side does not have. Polynomials without dots and
series of a function that is only named are left alone.
"""

from itertools import pairwise

from derive.classes import dataclass
from derive.form.binding import accepted, found_in, free_letters, letters_of, respelt
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.contents import has
from derive.term.nodes import Add, Call, Constant, Div, Ellipsis, Mul, Neg, Number, Pow, Symbol, Term
from derive.term.traverse import substitute, walk

CODE, NAME = "DRV018", "series-variable"
_FEWEST = 3
"""Powers of the one letter, the constant not counted, that make a series of a sum of the other power."""


@dataclass(frozen=True, slots=True)
class _Odd:
    place: Pow
    meant: Symbol


def check(case: Case) -> Diagnostic | None:
    if (answer := found_in(case, _odd)) is None:
        return None
    side, found = answer
    old, new = found.place.base.to_latex(), found.meant.to_latex()
    fix = respelt(case, found.place, old, new)
    pair = [case.claim.left, case.claim.right]
    pair[side] = substitute(pair[side], {found.place: Pow(found.meant, found.place.exponent)})
    return case.finding(
        CODE,
        NAME,
        f"${found.place.to_latex()}$ stands among the powers of ${new}$, and the other side has no ${old}$",
        span=case.locate(found.place),
        fix=accepted(case, pair[0], pair[1], fix),
    )


def _odd(term: Term, other: Term) -> _Odd | None:
    for node in walk(term):
        if not isinstance(node, Add) or not any(isinstance(a, Ellipsis) for a in node.args):
            continue
        powers: list[tuple[Symbol, int, Term]] = []
        for k, a in enumerate(node.args):
            if isinstance(a, Ellipsis):
                break
            factor = _power(a)
            if factor is None:
                if k == 0 and not _symbols(a):
                    continue  # the constant that a series begins with
                break
            powers.append(factor)
        else:
            continue
        if len(powers) < _FEWEST or powers[0][1] > 1:
            continue
        names = [s.name for s, _, _ in powers]
        main = max(set(names), key=names.count)
        odd = [(s, e, t) for s, e, t in powers if s.name != main]
        exponents = [e for _, e, _ in powers]
        step = exponents[1] - exponents[0]
        if len(odd) != 1 or names.count(main) < _FEWEST - 1 or step < 1 or not isinstance(odd[0][2], Pow):
            continue
        if any(b - a != step for a, b in pairwise(exponents)):
            continue
        letters = free_letters(other)
        if main not in letters or letters_of(odd[0][0].name) & letters:
            continue
        if has(other, Call):
            continue  # a function that is given may have the other letter inside
        meant = next(s for s, _, _ in powers if s.name == main)
        return _Odd(odd[0][2], meant)
    return None


def _symbols(term: Term) -> bool:
    return has(term, Symbol)


def _power(term: Term) -> tuple[Symbol, int, Term] | None:
    """The letter, the exponent and the power of a term that is a number times one power of one letter."""
    match term:
        case Neg(arg=arg):
            return _power(arg)
        case Symbol():
            return term, 1, term
        case Pow(base=Symbol() as base, exponent=Number(value=n)) if n.denominator == 1:
            return base, int(n), term
        case Div(numerator=above, denominator=below) if not _symbols(below):
            return _power(above)
        case Mul(args=args):
            rest = [a for a in args if _symbols(a)]
            constants = [a for a in args if isinstance(a, Constant)]
            return _power(rest[0]) if len(rest) == 1 and not constants else None
        case _:
            return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The series is\n\n$$e^{z} = 1 + z + \\frac{1}{2} x^2 + \\frac{1}{6} z^3 + \\dots$$\n",
        "The series is\n\n$$\\sin x = x - \\frac{x^3}{3!} + \\frac{t^5}{5!} - \\frac{x^7}{7!} + \\cdots$$\n",
    ),
    valid=(
        "The series is\n\n$$e^{z} = 1 + z + \\frac{1}{2} z^2 + \\frac{1}{6} z^3 + \\dots$$\n",
        "The polynomial is $f(x, y) = 1 + x + y^2 + x^3 + \\dots$\n",
    ),
    when="any",
)
