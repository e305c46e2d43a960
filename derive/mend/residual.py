"""What is missing, read off the values of the two sides: a constant factor, a term, a coefficient.

If left over right is the same rational number in every model, that number is the factor that was lost; if the
difference is the same rational multiple of a small product of the claim's symbols, that is the term. An array
is compared entry by entry. Only a guess: the mended claim is decided like any other.
"""

from __future__ import annotations

from cmath import isfinite
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from flint import acb, arb, fmpq

from derive.calculus.resolve import TooLarge
from derive.classes import replace
from derive.mend.edits import Edit, with_child
from derive.mend.rewrites import negated
from derive.mend.screening import Screen
from derive.model import Stance
from derive.term.nodes import Add, Apply, Call, Div, Expectation, Mul, Neg, Number, Pow, Symbol, Term
from derive.term.traverse import free_symbols, walk
from derive.verify.evaluate.values import Array, Value

_LARGEST = 60
_DENOMINATOR = 1000
"""Of a fraction that a root may come to: a larger one would be met by chance."""

_Entries = list[tuple[complex, ...]]
"""For each model the numbers that a term is worth there: one, or those of an array row by row."""


def guesses(screen: Screen) -> list[Edit]:
    """Edits of the right side that its values suggest, smallest first."""
    claim = screen.claim
    if not free_symbols(claim.right) and _comes_to_a_number(screen):
        return list(_results(screen))
    if screen.chance:
        return [*_centred(0, claim.left), *_centred(1, claim.right)]
    left, right = numbers(screen.values(claim.left)), numbers(screen.values(claim.right))
    if left is None or right is None:
        return []
    found = [*_factor(claim.right, left, right, screen), *_terms(claim.right, left, right, screen)]
    return sorted(found, key=lambda e: e.cost)


def _comes_to_a_number(screen: Screen) -> bool:
    """Whether the left side is made of numbers; where the text asserts the result, by definition too."""
    claim = screen.claim
    if not free_symbols(claim.left):
        return True
    if claim.stance is not Stance.ASSERTED or screen.chance:
        return False
    try:
        return not free_symbols(screen.resolved(claim.left))
    except TooLarge:
        return False


def _results(screen: Screen) -> Iterator[Edit]:
    """A sum of numbers that was done wrong: what it comes to, printed as the author printed it."""
    claim = screen.claim
    values = screen.values(claim.left)
    plain = claim.right.arg if isinstance(claim.right, Neg) else claim.right
    fraction = isinstance(plain, Div) and isinstance(plain.numerator, Number)
    if not values or not (isinstance(plain, Number) or fraction):
        return
    value, new = values[0], None
    digits = len(plain.text.partition(".")[2]) if isinstance(plain, Number) and plain.text else 0
    if isinstance(value, fmpq) and (not digits or claim.relation != "approx"):
        new = _signed(Fraction(int(value.p), int(value.q)), digits)
    elif isinstance(value, arb) and claim.relation == "=" and not digits:
        guess = Fraction(float(value.mid())).limit_denominator(_DENOMINATOR)
        if value.overlaps(arb(fmpq(guess.numerator, guess.denominator))):
            new = _signed(guess, 0)
    elif isinstance(value, fmpq | arb) and claim.relation == "approx":
        middle = int(value.p) / int(value.q) if isinstance(value, fmpq) else float(value.mid())
        new = _signed(Fraction(f"{middle:.{digits}f}"), digits)
    if new is not None and new != claim.right:
        turned = new == Neg(claim.right) or Neg(new) == claim.right
        yield Edit(1, new, claim.right, new, (), "sign" if turned else "arithmetic", 0.9)


def _signed(value: Fraction, digits: int) -> Term:
    """A number as an author writes it: a decimal where the printed one was, else a fraction."""
    size = abs(value)
    if digits and (size * 10**digits).denominator == 1:
        term: Term = Number(size, f"{float(size):.{digits}f}")
    elif size.denominator == 1:
        term = Number(size)
    else:
        term = Div(Number(Fraction(size.numerator)), Number(Fraction(size.denominator)))
    return Neg(term) if value < 0 else term


def _centred(side: int, term: Term) -> Iterator[Edit]:
    """`E[XY]` that was to be `E[XY] - E[X] E[Y]`: a second moment in the place of a variance."""
    args = term.args if isinstance(term, Add) else (term,)
    for arg in args:
        match arg:
            case Expectation(op="E", args=(Pow(base=x, exponent=Number(value=two)),)) if two == 2:
                lost: Term = Pow(replace(arg, args=(x,)), Number(Fraction(2)))
            case Expectation(op="E", args=(Mul(args=(x, y)),)):
                lost = Mul((replace(arg, args=(x,)), replace(arg, args=(y,))))
            case _:
                continue
        new = Add((*args, Neg(lost)))
        yield Edit(side, new, term, new, (), "dropped-term", 1.7, Neg(lost))


def _factor(term: Term, left: _Entries, right: _Entries, screen: Screen) -> Iterator[Edit]:
    for monomial, cost in _monomials(screen):
        values = [(1.0 + 0j,)] * len(left) if monomial is None else numbers(screen.values(monomial))
        if values is None:
            continue
        for below in (False, True) if monomial is not None else (False,):
            scaled = [
                tuple(r / v if below else r * v for r in entries)
                for entries, (v, *_) in zip(right, values, strict=True)
                if v != 0
            ]
            c = ratio(left, scaled) if len(scaled) == len(left) else None
            if c is None or c == 0 or (c == 1 and monomial is None):  # nobody loses a factor 0
                continue
            factor = _scaled(c, monomial, below)
            if c == -1 and monomial is None:
                yield Edit(1, negated(term), term, negated(term), (), "sign", 1.35)
                continue
            front = Mul((factor, *(term.args if isinstance(term, Mul) else (term,))))
            new: Term = Neg(front) if c < 0 else front
            lost = Neg(factor) if c < 0 else factor
            yield Edit(1, new, term, new, (), "missing-factor", 1.56 + cost, lost)


def _terms(term: Term, left: _Entries, right: _Entries, screen: Screen) -> Iterator[Edit]:
    if any(len(a) != len(b) for a, b in zip(left, right, strict=True)):
        return
    gap = [tuple(a - b for a, b in zip(*both, strict=True)) for both in zip(left, right, strict=True)]
    args = term.args if isinstance(term, Add) else (term,)
    for k, arg in enumerate(args):
        values = numbers(screen.values(arg))
        if values is None or len(args) == 1 or list(map(len, values)) != list(map(len, gap)):
            continue
        wanted = [tuple(g + v for g, v in zip(*both, strict=True)) for both in zip(gap, values, strict=True)]
        c = ratio(wanted, values)
        if c is None or c in (0, 1):
            continue
        new, kind = coefficient(arg, c)
        whole = with_child(term, k, new)
        yield Edit(1, whole, arg, new, (k,), kind, 1.55, lost(kind, c))
    for monomial, cost in _monomials(screen):
        values = [(1.0 + 0j,)] * len(gap) if monomial is None else numbers(screen.values(monomial))
        c = ratio(gap, values) if values is not None else None
        if c is None or c == 0:
            continue
        piece = _scaled(abs(c), monomial, False)
        piece = Neg(piece) if c < 0 else piece
        new = Add((*args, piece))
        yield Edit(1, new, term, new, (), "dropped-term", 1.7 + cost, piece)


def coefficient(arg: Term, c: Fraction) -> tuple[Term, str]:
    """A summand times c, in the author's form, and what the slip is called."""
    if c == -1:
        return negated(arg), "sign"
    if c < 0:
        new, kind = coefficient(arg, -c)
        return negated(new), kind
    match arg:
        case Neg(arg=inner):
            new, kind = coefficient(inner, c)
            return Neg(new), kind
        case Number(value=value):
            return Number(value * c), "arithmetic"
        case Mul(args=(Number(value=value), *rest)):
            new_value = value * c
            if new_value == 1:
                return (rest[0] if len(rest) == 1 else Mul(tuple(rest))), "extra-factor"
            return Mul((Number(new_value), *rest)), "wrong-factor"
        case Div(numerator=a, denominator=Number(value=value)) if c.denominator == 1:
            return (Div(a, Number(value / c)) if value != c else a), "wrong-factor"
        case _:
            front = _scaled(c, None, False)
            return Mul((front, *(arg.args if isinstance(arg, Mul) else (arg,)))), "missing-factor"


def lost(kind: str, c: Fraction) -> Term | None:
    """The factor that a mend of this kind puts in front."""
    if kind != "missing-factor":
        return None
    return Neg(_scaled(-c, None, False)) if c < 0 else _scaled(c, None, False)


def _monomials(screen: Screen) -> Iterator[tuple[Term | None, float]]:
    """Small products of what the claim is made of: nothing (a number alone), one atom, two; and the numbers
    of samples by which what it speaks of is divided."""
    yield None, 0.0
    atoms: dict[Term, None] = {}
    for term in (screen.claim.left, screen.claim.right):
        for node in walk(term):
            match node:
                case Symbol(type=kind) if kind.role in ("variable", "constant") and kind.shape == ():
                    atoms.setdefault(node)
                case Call() | Apply(args=(_,)):
                    atoms.setdefault(node)
                case _:
                    pass
    some = tuple(atoms)[:6]
    for a in (*some, *_counts(screen, atoms)):
        yield a, 0.1
    for a, b in combinations_with_replacement(some, 2):
        yield (Pow(a, Number(Fraction(2))) if a == b else Mul((a, b))), 0.2


def _counts(screen: Screen, known: Mapping[Term, None]) -> list[Symbol]:
    """Numbers in the denominators of what the claim's names are defined to be, which do not stand in it."""
    claim = screen.claim
    found: dict[Symbol, None] = {}
    names = [*free_symbols(claim.left), *free_symbols(claim.right)]
    for name in names:
        definition = claim.scope.definitions.get(name)
        if definition is None:
            continue
        for n in free_symbols(definition.body):
            if n not in names:
                names.append(n)
        for node in walk(definition.body):
            for s in free_symbols(node.denominator).values() if isinstance(node, Div) else ():
                if s.type.shape == () and s.type.role in ("variable", "constant") and s not in known:
                    found.setdefault(s)
    return list(found)[:3]


def _scaled(c: Fraction, monomial: Term | None, below: bool) -> Term:
    c = abs(c)
    top, bottom = Number(Fraction(c.numerator)), Number(Fraction(c.denominator))
    if monomial is None:
        return top if c.denominator == 1 else Div(top, bottom)
    if below:
        return Div(top, monomial if c.denominator == 1 else Mul((bottom, monomial)))
    upper = monomial if c.numerator == 1 else Mul((top, monomial))
    return upper if c.denominator == 1 else Div(upper, bottom)


def numbers(values: Sequence[Value | None]) -> _Entries | None:
    """Midpoints, where every model gives a number or an array of such; None else."""
    found: _Entries = []
    for v in values:
        entries = tuple(map(_midpoint, v.items if isinstance(v, Array) else (v,)))
        if not entries or not all(e is not None and isfinite(e) for e in entries):
            return None
        found.append(tuple(e for e in entries if e is not None))
    return found if len(found) >= 2 else None


def _midpoint(value: Value | None) -> complex | None:
    if isinstance(value, fmpq):
        try:
            return complex(int(value.p) / int(value.q))
        except OverflowError:
            return None  # no float is that large
    return complex(value) if isinstance(value, arb | acb) else None


def ratio(wanted: _Entries, have: _Entries) -> Fraction | None:
    """The rational c of small height with wanted = c · have in every model, when there is one."""
    if any(len(w) != len(h) for w, h in zip(wanted, have, strict=True)):
        return None
    several = [list(zip(w, h, strict=True)) for w, h in zip(wanted, have, strict=True)]
    telling = [pairs for model in several if (pairs := [(w, h) for w, h in model if w != 0 or h != 0])]
    pairs = [p for model in telling for p in model]
    if len(telling) < 2 or any(h == 0 for _, h in pairs):
        return None
    first = pairs[0][0] / pairs[0][1]
    scale = max(1.0, abs(first))
    if abs(first.imag) > 1e-9 * scale or any(abs(w / h - first) > 1e-9 * scale for w, h in pairs):
        return None
    c = Fraction(first.real).limit_denominator(_LARGEST)
    if abs(float(c) - first.real) > 1e-9 * scale or abs(c.numerator) > _LARGEST:
        return None
    return c
