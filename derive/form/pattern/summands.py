"""What is added and never multiplied, as the factors of a product over one letter show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from derive.classes import dataclass
from derive.facts.pieces import walk
from derive.form.pattern.leaves import SUB, SUP, bare_of, part
from derive.notation.syntax import (
    Apply,
    Bar,
    Big,
    Chain,
    Fence,
    Fraction,
    Infix,
    Juxtaposition,
    Name,
    Number,
    Postfix,
    Scripts,
    Sum,
    Syntax,
)

_LOGARITHMS = frozenset({"log", "ln", "lg"})
_NORMS = frozenset({"‖", "|"})
_TURNED = frozenset({"T", "top", "dagger", "intercal"})
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Product:
    """A product over one letter, with its factors."""

    node: Big
    letter: str
    factors: tuple[Syntax, ...]

    def has(self, node: Syntax | None) -> bool:
        """Whether the letter stands somewhere in it."""
        return node is not None and any(leaf.value == self.letter for leaf in part(node).leaves)

    def is_letter(self, node: Syntax | None) -> bool:
        return isinstance(node, Name) and part(node).values == (self.letter,)


@dataclass(frozen=True, slots=True)
class _Call:
    """A letter before a bracket."""

    head: str
    body: Syntax


def product_of(node: Big) -> Product | None:
    """A product that runs over one letter, if the letters under its sign say so."""
    match node.sub:
        case Name(word=False) as letter:
            pass
        case Chain(first=Name(word=False) as letter, links=(link,)) if link.relation in ("=", "in"):
            pass
        case _:
            return None
    return Product(node, part(letter).values[0], tuple(factors_of(node.body)))


def factors_of(node: Syntax) -> Iterator[Syntax]:
    """The factors, in order; a minus before them is none."""
    match node:
        case Juxtaposition(factors=factors):
            for factor in factors:
                yield from factors_of(factor)
        case Infix(op="cdot" | "times" | "*", left=left, right=right):
            yield from factors_of(left)
            yield from factors_of(right)
        case Sum(parts=((_, one),)):
            yield from factors_of(one)
        case _:
            yield node


def summands(product: Product) -> str | None:
    """What the factors are, if they are what is added."""
    return next((what for holds, what in _ADDED if holds(product)), None)


def _logarithms(product: Product) -> bool:
    return any(_logarithm(product, f) for f in product.factors)


def _logarithm(product: Product, factor: Syntax) -> bool:
    """Whether it is a logarithm of what runs, a sum of such, or a bracket with several."""
    match factor:
        case Apply(function=Name(name=name) | Scripts(base=Name(name=name), sup=None), argument=argument):
            return name in _LOGARITHMS and product.has(argument)
        case Big(op="sum", sub=below, body=body) if not product.has(below):
            return any(_logarithm(product, f) for f in factors_of(body))
        case Fence(body=Apply() as inner):
            return _logarithm(product, inner)
        case Fence(body=Sum(parts=terms)) if len(terms) >= _PAIR:
            return all(any(_logarithm(product, f) for f in factors_of(term)) for _, term in terms)
        case _:
            return False


def _squares(product: Product) -> bool:
    return any(_square(product, f) for f in product.factors)


def _square(product: Product, factor: Syntax) -> bool:
    """`(y_i - z_i)^2`, `(y_i - \\bar y)^2`, `\\|x_i - m\\|`: of both letters, or of a distance."""
    match factor:
        case Big(op="sum", sub=below, body=body) if not product.has(below):
            return any(_square(product, f) for f in factors_of(body))
        case Scripts(base=Fence(open=left, body=Sum(parts=(_, ("-", _))) as inside), sup=power):
            run = [product.has(term) for _, term in inside.parts]
            if left in _NORMS:
                return any(run)
            return (
                isinstance(power, Number) and power.text == "2" and (all(run) or _from_mean(product, inside))
            )
        case Scripts(base=Fence(open="‖", body=body)) | Fence(open="‖", body=body):
            return product.has(body)
        case _:
            return False


def _from_mean(product: Product, difference: Sum) -> bool:
    """`x_i - \\bar x`: what runs and the same letter with an accent."""
    (_, one), (_, other) = difference.parts
    a, b = part(one).values[0], part(other).values[0]
    return product.has(one) and a != b and bare_of(a) == bare_of(b) and "(" in b


def _deviations(product: Product) -> bool:
    """`(x_i - \\bar x)(y_i - \\bar y)`."""
    found = [f.body for f in product.factors if isinstance(f, Fence) and isinstance(f.body, Sum)]
    return len(found) >= _PAIR and all(
        len(s.parts) == _PAIR and s.parts[1][0] == "-" and _from_mean(product, s) for s in found
    )


def _hinge(product: Product) -> bool:
    """`\\max(0, s_j - c)`."""
    match product.factors:
        case (Apply(function=Name(name="max"), argument=Fence(body=body)),) if body is not None:
            return product.has(body) and any(leaf.value == "0" for leaf in part(body).leaves)
        case _:
            return False


def _shared_index(product: Product) -> bool:
    """`a_{ik} b_{kj}`, `a_{jk} x_k`: the last index of one and the first of the next."""
    if len(product.factors) != _PAIR:
        return False
    first, second = (_indices(f) for f in product.factors)
    if len(first) != _PAIR or not 1 <= len(second) <= _PAIR or first[0] == product.letter:
        return False
    return first[1] == second[0] == product.letter != second[-1] or (
        first[1] == product.letter and second == (product.letter,)
    )


def _indices(node: Syntax) -> tuple[str, ...]:
    match node:
        case Scripts(base=Name(), sub=sub, sup=None) if sub is not None:
            return part(sub).values
        case _:
            return ()


def _convolution(product: Product) -> bool:
    """`x[k] h[n - k]`: one at the letter, one at what is left."""
    calls = _calls(product.factors)
    if len(calls) != _PAIR or len(product.factors) != _PAIR + _PAIR:
        return False
    a, b = (c.body for c in calls)
    return (product.is_letter(a) and _rest(product, b)) or (product.is_letter(b) and _rest(product, a))


def _rest(product: Product, node: Syntax | None) -> bool:
    match node:
        case Sum(parts=((_, _), ("-", one))):
            return product.is_letter(one)
        case _:
            return False


def _calls(factors: Sequence[Syntax]) -> list[_Call]:
    return [
        _Call(part(head).values[0], fence.body)
        for head, fence in pairwise(factors)
        if isinstance(head, Name | Scripts) and isinstance(fence, Fence) and fence.body is not None
        if fence.open in "(["
    ]


def _series(product: Product) -> bool:
    """`c_k x^k`, `x[k] e^{-i k w}`, `\\frac{x^k}{k!}`: the letter in an exponent, and as an index."""
    powers = [f for f in product.factors if _power(product, f)]
    others = [f for f in product.factors if f not in powers and product.has(f)]
    if any(_over_factorial(product, f) or _choices(product, f) for f in others):
        return True
    return len(powers) == 1 and bool(others) and all(_numbered(product, f) for f in others)


def _power(product: Product, factor: Syntax) -> bool:
    match factor:
        case Scripts(base=base, sub=None, sup=sup) if sup is not None and not product.has(base):
            leaves = [leaf for leaf in part(sup).leaves if leaf.value == product.letter]
            linear = all(not isinstance(n, Scripts) or n.sup is None for n in walk((sup,)))
            return bool(leaves) and all(leaf.place != SUB for leaf in leaves) and linear
        case _:
            return False


def _numbered(product: Product, factor: Syntax) -> bool:
    """Whether it has the letter as an index or as a place in a list."""
    match factor:
        case Scripts(base=Name(), sub=sub, sup=None) if sub is not None:
            return product.has(sub)
        case Fence(open="[", body=body):
            return product.is_letter(body)
        case Fraction(numerator=above):
            leaves = [leaf for leaf in part(above).leaves if leaf.value == product.letter]
            return any(leaf.place in (SUB, SUP) for leaf in leaves)
        case _:
            return False


def _over_factorial(product: Product, factor: Syntax) -> bool:
    match factor:
        case Fraction(numerator=above, denominator=below):
            factorials = [f for f in factors_of(below) if isinstance(f, Postfix) and f.op == "!"]
            powers = [f for f in factors_of(above) if _power(product, f)]
            return bool(powers) and any(product.is_letter(f.operand) for f in factorials)
        case _:
            return False


def _choices(product: Product, factor: Syntax) -> bool:
    """`\\binom{n}{k} p^k`: the ways to choose as many as there are in the exponent."""
    match factor:
        case Fraction(kind="binom", denominator=below):
            return product.is_letter(below) and any(_power(product, f) for f in product.factors)
        case _:
            return False


def _mean(product: Product) -> bool:
    """`k P(X = k)`: a value and its chance."""
    value = product.factors[0]
    calls = _calls(product.factors[1:])
    if len(product.factors) != 1 + _PAIR or len(calls) != 1 or not product.has(value):
        return False
    match calls[0].body:
        case Chain(first=Name(), links=(link,)) if link.relation == "=":
            return _alike(value, link.right)
        case body:
            return product.is_letter(value) and product.is_letter(body)


def _outer(product: Product) -> bool:
    """`x_n y_n^\\top`, `x_n^\\top Q x_n`: a column and a row, or a quadratic form."""
    match product.factors:
        case (
            Scripts(base=Name(name=a), sup=None) as column,
            Scripts(base=Name(name=b), sup=Name(name=turned)) as row,
        ):
            both = product.has(column) and product.has(row)
            return a.islower() and b.islower() and turned in _TURNED and both
        case (Scripts(base=base, sup=Name(name=turned)), *between, last) if len(between) in (1, 3):
            end = next((f for f in (last, between[-1]) if isinstance(f, Name | Scripts)), last)
            letter = end.base if isinstance(end, Scripts) else end
            return turned in _TURNED and _alike(base, letter) and product.has(product.node.body)
        case _:
            return False


def _whole_chance(product: Product) -> bool:
    """`P(A \\mid B_i) P(B_i)`: over the cases, of an event that is the same in all."""
    calls = _calls(product.factors)
    if len(calls) != _PAIR or len({c.head for c in calls}) != 1:
        return False
    given = [c.body for c in calls if isinstance(c.body, Bar)]
    prior = [c.body for c in calls if not isinstance(c.body, Bar)]
    return (
        len(given) == len(prior) == 1
        and product.has(prior[0])
        and product.has(given[0].right)
        and not product.has(given[0].left)
        and _alike(prior[0], given[0].right)
    )


def _expectation(product: Product) -> bool:
    """`\\pi(a \\mid s) [r + g]`: the chance of what runs, times a sum."""
    calls = _calls(product.factors)
    sums = [
        f.body
        for k, f in enumerate(product.factors)
        if isinstance(f, Fence) and isinstance(f.body, Sum) and isinstance(product.factors[k - 1], Fence)
    ]
    return (
        len(calls) == 1
        and isinstance(calls[0].body, Bar)
        and product.has(calls[0].body.left)
        and any(len(s.parts) >= _PAIR and product.has(s) for s in sums)
    )


def _alike(a: Syntax, b: Syntax) -> bool:
    return part(a).shape == part(b).shape and part(a).values == part(b).values


_ADDED: tuple[tuple[Callable[[Product], bool], str], ...] = (
    (_logarithms, "logarithms"),
    (_squares, "squares or distances"),
    (_deviations, "deviations from means"),
    (_hinge, "losses that are zero at least"),
    (_shared_index, "entries that share an index"),
    (_convolution, "values at a place and at what is left"),
    (_series, "terms of a series"),
    (_mean, "values with their chances"),
    (_outer, "columns with rows"),
    (_whole_chance, "chances under each case"),
    (_expectation, "values with their chances"),
)
"""What it is, and how it is called; each is added where it is worked out, and multiplied nowhere."""
