"""Single edits of one node of a term: the slips that a hand makes, each with its name and its size.

Each function takes a node, the place it stands in and the words of its surroundings, and gives
rewrites of that node alone; `edits.py` walks the term. `cost` ranks: the smallest edit that mends a
claim is taken for the author's meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.classes import dataclass, field, replace
from derive.functions import FUNCTIONS
from derive.term.nodes import (
    ONE,
    TWO,
    Add,
    Apply,
    At,
    BigOp,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Expectation,
    Integral,
    Mul,
    Neg,
    Number,
    Pow,
    Root,
    Symbol,
    Term,
    integer,
)
from derive.term.traverse import walk


@dataclass(frozen=True, slots=True)
class Rewrite:
    """`piece` is the factor or term that was put in or taken out, where there is one."""

    new: Term
    kind: str
    cost: float
    piece: Term | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands. role: `root`, `term`, `factor`, `numerator`, `denominator`, `exponent`, `base`,
    `index`, `bound`, `argument`, `body`, `variable`, `head` (a called or indexed symbol)."""

    role: str = "root"
    bound: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an edit may put in: the symbols, factors and terms of the surroundings, nearest first."""

    symbols: tuple[Symbol, ...] = ()
    elements: tuple[Element, ...] = ()
    factors: tuple[Term, ...] = ()
    terms: tuple[Term, ...] = ()
    fresh: frozenset[str] = field(default_factory=frozenset)
    """Symbols that occur nowhere else: the likeliest to be wrong."""
    familiar: frozenset[Term] = field(default_factory=frozenset)
    """Compound terms of the lines around: an edit that makes one of them is the likelier."""
    applied: tuple[Apply | Call, ...] = ()
    """Functions of one argument as the claim applies them: one of these may have lost its name elsewhere."""
    densities: tuple[Term, ...] = ()
    """Distributions as the claim has them, p(z) and q(z | x)."""
    arrays: tuple[Term, ...] = ()
    """Arrays as they stand in the claim: `A`, `A^\\top`, `A^{-1}`."""


_SIBLINGS = (
    *((f.name, other) for f in FUNCTIONS.values() for other in f.related),
    ("det", "trace"),
    ("grad", "laplacian"),
)
_NAMED = frozenset(
    h
    for pair in _SIBLINGS
    for h in pair
    if h in FUNCTIONS and FUNCTIONS[h].least == 1 and FUNCTIONS[h].most > 0
)


def applied_in(*terms: Term) -> tuple[Apply | Call, ...]:
    """Functions of one argument that the terms apply, each once, the first six."""
    found: dict[Apply | Call, None] = {}
    for node in (n for term in terms for n in walk(term)):
        match node:
            case Apply(head=head, args=(_,)) if head in _NAMED:
                found.setdefault(node)
            case Call(function=Symbol(), args=(_,)):
                found.setdefault(node)
            case _:
                pass
    return tuple(found)[:6]


def negated(term: Term) -> Term:
    """The term with its leading sign turned, the author's form otherwise kept."""
    match term:
        case Neg(arg=arg):
            return arg
        case Number(value=value) if value < 0:
            return Number(-value)
        case _:
            return Neg(term)


def signs(node: Term, place: Place) -> Iterator[Rewrite]:
    """A plus that should be a minus, a minus lost or one too many."""
    if evaluated(node) is not None:
        yield Rewrite(Neg(node), "sign", 1.35)
        return
    if isinstance(node, Add):
        for k, arg in enumerate(node.args):
            args = (*node.args[:k], negated(arg), *node.args[k + 1 :])
            yield Rewrite(replace(node, args=args), "sign", 1.0 if k else 1.15, arg)
    elif isinstance(node, Neg):
        if place.role != "term":
            yield Rewrite(node.arg, "sign", 1.0)
    elif place.role in ("root", "exponent", "argument", "body") and not _is_zero(node):
        yield Rewrite(Neg(node), "sign", 1.3)
    if isinstance(node, Add) and place.role in ("root", "factor", "body", "exponent"):
        yield Rewrite(Neg(node), "sign", 1.35)


def symbols(node: Term, place: Place, words: Vocabulary) -> Iterator[Rewrite]:
    """One symbol in the place of another: an accent lost, an index mixed up, a neighbour's letter."""
    if node in words.densities:
        for k, other in enumerate(words.densities):
            if other != node:
                yield Rewrite(other, "wrong-symbol", 1.45 + 0.01 * k)
    match node:
        case Pow(base=Symbol() as base, exponent=Number(value=value)) if value == 2 and not base.type.shape:
            # `P^2` for `P R`: one of the two factors is another letter
            for k, other in enumerate(words.symbols):
                if other != base and _alike(base, other):
                    yield Rewrite(Mul((base, other)), "wrong-symbol", 1.55 + 0.002 * k)
    if not isinstance(node, Symbol | Element) or place.role == "variable":
        return
    kind = "wrong-index" if place.role == "index" else "wrong-symbol"
    doubt = -0.2 if isinstance(node, Symbol) and node.name in words.fresh else 0.0
    others: tuple[Symbol | Element, ...] = (*words.symbols, *words.elements)
    for k, other in enumerate(others):
        if other == node or not (
            _alike(node, other) or (_is_value(node, place) and _alike_in_shape(node, other))
        ):
            continue
        if place.role == "bound" and isinstance(other, Element):
            continue
        if place.role == "head" and not (isinstance(other, Symbol) and other.type.role == _role(node)):
            continue
        near = (
            1.1
            if isinstance(node, Symbol) and isinstance(other, Symbol) and same_letter(node, other)
            else 1.4
        )
        yield Rewrite(other, kind, near + doubt + 0.002 * k)
    if isinstance(node, Symbol) and place.role == "index":
        yield Rewrite(Add((node, ONE)), "wrong-index", 1.6)
        yield Rewrite(Add((node, Neg(ONE))), "wrong-index", 1.6)


def numbers(node: Term, place: Place) -> Iterator[Rewrite]:
    """Another number: a coefficient, an exponent, a bound, a result."""
    if not isinstance(node, Number):
        return
    kind = {
        "exponent": "wrong-exponent",
        "bound": "wrong-limits",
        "index": "wrong-index",
        "factor": "wrong-factor",
        "numerator": "wrong-factor",
        "denominator": "wrong-factor",
    }.get(place.role, "arithmetic")
    value = node.value
    tried = [value + 1, value - 1, 2 * value, value / 2]
    if kind == "wrong-factor":
        tried += [3 * value, 4 * value, value / 4, Fraction(3), Fraction(4), Fraction(2)]
    if value.denominator == 1 and abs(value) >= 10:
        tried += [value + 10, value - 10, value * 10, value / 10]
    seen = {value}
    for v in tried:
        nought = kind == "wrong-limits" or (value == 1 and place.role in ("root", "argument"))
        if v in seen or (v == 0 and not nought) or (v < 0 <= value):
            continue
        if v == 1 and place.role == "factor":
            continue  # a factor that should be 1 is one too many
        if value.denominator == 1 and v.denominator != 1 and kind in ("wrong-limits", "wrong-index"):
            continue
        seen.add(v)
        # a number that is a term of a sum is seldom the slip: the sum has one term too many or too few
        dear = 0.35 if place.role == "term" else 0.0
        yield Rewrite(Number(v), kind, dear + (1.3 if abs(v - value) == 1 else 1.45))


def exponents(node: Term, place: Place) -> Iterator[Rewrite]:
    """A power lost, added, off by one or of the wrong sign."""
    match node:
        case Pow(base=base, exponent=Number(value=value)):
            if value == 2:
                yield Rewrite(base, "wrong-exponent", 1.4)
            if value not in (1, -1) and not isinstance(base, Number):
                yield Rewrite(replace(node, exponent=Number(-value)), "wrong-exponent", 1.6)
        case Pow(exponent=exponent):
            yield Rewrite(replace(node, exponent=Add((exponent, ONE))), "wrong-exponent", 1.5)
            yield Rewrite(replace(node, exponent=Add((exponent, Neg(ONE)))), "wrong-exponent", 1.5)
        case Root(radicand=radicand):
            yield Rewrite(radicand, "wrong-exponent", 1.7)
        case Symbol(type=kind) if kind.shape:
            return  # an array has no powers but a square matrix's
        case Constant(name="pi") if place.role not in ("exponent", "bound"):
            yield Rewrite(Pow(node, TWO), "wrong-exponent", 1.5)
        case Symbol() | Call() | Element() | Expectation() if place.role not in (
            "head",
            "index",
            "bound",
            "variable",
            "exponent",
        ):
            yield Rewrite(Pow(node, TWO), "wrong-exponent", 1.5)
            yield Rewrite(Pow(node, integer(3)), "wrong-exponent", 1.8)
        case Apply() if place.role in ("term", "factor", "numerator", "denominator", "root"):
            yield Rewrite(Pow(node, TWO), "wrong-exponent", 1.6)
            yield Rewrite(Root(node, TWO), "wrong-exponent", 1.8)
        case Add() if place.role in ("factor", "numerator", "denominator", "body"):
            yield Rewrite(Pow(node, TWO), "wrong-exponent", 1.7)
            yield Rewrite(Root(node, TWO), "wrong-exponent", 1.8)


def factors(node: Term, place: Place, words: Vocabulary) -> Iterator[Rewrite]:
    """A factor lost or one too many, a fraction upside down."""
    if place.role in ("head", "index", "variable", "bound"):
        return
    match node:
        case Mul(args=args):
            for k, arg in enumerate(args):
                if not isinstance(arg, Number) or arg.value != -1:
                    yield Rewrite(
                        product(*args[:k], *args[k + 1 :]),
                        "extra-factor",
                        1.35 if isinstance(arg, Number) else 1.6,
                        arg,
                    )
        case Div(numerator=a, denominator=b):
            yield Rewrite(replace(node, numerator=b, denominator=a), "inverted-fraction", 1.25)
            yield Rewrite(a, "extra-factor", 1.6, Div(ONE, b))
            if a != ONE:
                yield Rewrite(Div(ONE, b), "extra-factor", 1.9, a)
                yield Rewrite(product(a, b), "inverted-fraction", 1.7)
        case _:
            pass
    if isinstance(node, Neg | Number) or place.role not in (
        "root",
        "term",
        "exponent",
        "body",
        "numerator",
        "denominator",
    ):
        return
    for k, factor in enumerate(words.factors):
        if factor != node:
            cost = 1.55 + 0.01 * k + (place.role != "root") * 0.05
            yield Rewrite(_times(factor, node), "missing-factor", cost, factor)


def operators(node: Term) -> Iterator[Rewrite]:
    """A sum in the place of a product, or a product in the place of a sum."""
    if isinstance(node, BigOp) and node.op in ("sum", "prod"):
        yield Rewrite(replace(node, op="prod" if node.op == "sum" else "sum"), "wrong-function", 1.5)


def functions(node: Term, place: Place, words: Vocabulary) -> Iterator[Rewrite]:
    """A function in the place of its sibling, one too many, or one lost."""
    if place.role not in ("variable", "index", "bound", "head"):
        for applied in words.applied:
            if applied.args[0] == node:
                yield Rewrite(applied, "wrong-function", 1.6)
    if not isinstance(node, Apply):
        return
    for a, b in _SIBLINGS:
        if node.head in (a, b):
            other = b if node.head == a else a
            if len(node.args) == 1 or other in ("max", "min"):
                yield Rewrite(replace(node, head=other), "wrong-function", 1.3)
    if len(node.args) == 1 and node.head in (
        "exp",
        "log",
        "abs",
        "transpose",
        "inverse",
        "sigmoid",
        "conjugate",
    ):
        kind = "transposition" if node.head in ("transpose", "inverse") else "wrong-function"
        yield Rewrite(node.args[0], kind, 1.7)


def terms(node: Term, place: Place, words: Vocabulary) -> Iterator[Rewrite]:
    """A term of a sum too many, or one of the other side's lost."""
    if isinstance(node, Add):
        for k, arg in enumerate(node.args):
            # of two terms that cancel one is likely to be too many
            cost = 1.25 if negated(arg) in node.args else 1.65
            yield Rewrite(total(*node.args[:k], *node.args[k + 1 :]), "extra-term", cost, arg)
    if place.role in ("root", "factor", "numerator", "denominator", "body", "argument", "exponent"):
        for k, term in enumerate(words.terms):
            if term != node:
                yield Rewrite(_plus(node, term), "dropped-term", 1.8 + 0.01 * k, term)


def limits(node: Term) -> Iterator[Rewrite]:
    """Bounds of an integral or a sum exchanged or off by one."""
    match node:
        case Add(args=(At() as upper_end, Neg(arg=At() as lower_end))) if evaluated(node):
            yield Rewrite(Add((lower_end, Neg(upper_end)), span=node.span), "wrong-limits", 1.2)
        case Integral(lower=lower, upper=upper) if lower is not None and upper is not None:
            yield Rewrite(replace(node, lower=upper, upper=lower), "wrong-limits", 1.25)
            for bound in (lower, upper):
                for other in (integer(0), integer(1), Constant("infinity"), Neg(Constant("infinity"))):
                    if other not in (lower, upper):
                        changed = replace(node, lower=other) if bound is lower else replace(node, upper=other)
                        yield Rewrite(changed, "wrong-limits", 1.7)
        case BigOp(binders=(binder, *rest)) if binder.lower is not None and binder.upper is not None:
            upper = binder.upper
            ends: list[Term] = []
            if isinstance(upper, Constant):
                ends = []
            elif isinstance(upper, Number):
                ends = [Number(upper.value + 1), Number(upper.value - 1)]
            elif isinstance(upper, Add) and len(upper.args) == 2 and upper.args[1] in (ONE, Neg(ONE)):
                ends = [upper.args[0]]
            else:
                ends = [Add((upper, Neg(ONE))), Add((upper, ONE))]
            for end in ends:
                new = replace(binder, upper=end)
                yield Rewrite(replace(node, binders=(new, *rest)), "wrong-limits", 1.5)


def evaluated(node: Term) -> tuple[At, At] | None:
    """The two ends of `[F]_a^b`, which reads as F at b less F at a; None for anything else."""
    match node:
        case Add(args=(At() as upper, Neg(arg=At() as lower))):
            same = upper.body == lower.body and upper.variable == lower.variable
            return (upper, lower) if same else None
        case _:
            return None


def brackets(node: Term) -> Iterator[Rewrite]:
    """A bracket left out: `2 x + 1` for `2 (x + 1)`, `a - b + c` for `a - (b + c)`."""
    match node:
        case Add(args=args):
            for k, arg in enumerate(args[:-1]):
                rest = args[k + 1 :]
                if isinstance(arg, Neg):
                    inner = Add((arg.arg, *rest))
                    yield Rewrite(total(*args[:k], Neg(inner)), "missing-bracket", 1.5)
                    if isinstance(arg.arg, Mul):
                        last = Mul((*arg.arg.args[:-1], Add((arg.arg.args[-1], *rest))))
                        yield Rewrite(total(*args[:k], Neg(last)), "missing-bracket", 1.6)
                elif isinstance(arg, Mul):
                    last = Mul((*arg.args[:-1], Add((arg.args[-1], *rest))))
                    yield Rewrite(total(*args[:k], last), "missing-bracket", 1.55)
        case Pow(base=base, exponent=Add(args=args)):
            for k in range(1, len(args)):  # a brace closed too late: `e^{a + b}` for `e^a + b`
                upper = replace(node, exponent=total(*args[:k]))
                yield Rewrite(total(upper, *args[k:]), "missing-bracket", 1.55)
        case Apply(head="exp", args=(Add(args=args),)):
            for k in range(1, len(args)):
                above = replace(node, args=(total(*args[:k]),))
                yield Rewrite(total(above, *args[k:]), "missing-bracket", 1.55)
        case Neg(arg=Pow(base=base) as power):
            yield Rewrite(replace(power, base=Neg(base)), "missing-bracket", 1.5)
        case Mul(args=(*front, Pow(base=base) as power)) if len(front) == 1:
            yield Rewrite(replace(power, base=Mul((*front, base))), "missing-bracket", 1.6)


def derivatives(node: Term, words: Vocabulary) -> Iterator[Rewrite]:
    """A derivative by another variable, or of the wrong order."""
    if not isinstance(node, Derivative):
        return
    for k, (variable, order) in enumerate(node.variables):
        for other in words.symbols:
            if other != variable and isinstance(variable, Symbol) and _alike(variable, other):
                new = (*node.variables[:k], (other, order), *node.variables[k + 1 :])
                yield Rewrite(replace(node, variables=new), "wrong-variable", 1.45)
        if isinstance(order, Number):
            new = (*node.variables[:k], (variable, Number(order.value + 1)), *node.variables[k + 1 :])
            yield Rewrite(replace(node, variables=new), "wrong-exponent", 1.7)


def rewrites(node: Term, place: Place, words: Vocabulary) -> Iterator[Rewrite]:
    """Every single edit of this node, in no order."""
    yield from signs(node, place)
    yield from symbols(node, place, words)
    yield from numbers(node, place)
    yield from exponents(node, place)
    yield from factors(node, place, words)
    yield from functions(node, place, words)
    yield from operators(node)
    yield from terms(node, place, words)
    yield from limits(node)
    yield from brackets(node)
    yield from derivatives(node, words)


def letter(symbol: Symbol) -> str:
    """The letter under accents, fonts and scripts: `\\hat{y}`, `\\mathbf{y}`, `y_{0}`, `y'` give `y`."""
    name = symbol.name
    while True:
        head, brace, rest = name.partition("{")
        if brace and head in _MARKS and rest.endswith("}"):
            name = rest[:-1]
            continue
        for mark in ("_", "^", "'"):
            if mark in name[1:]:
                name = name[: name.index(mark, 1)]
        return name


_MARKS = frozenset(
    f"\\{mark}"
    for mark in (
        *("hat", "bar", "tilde", "vec", "dot", "ddot", "check", "breve", "acute", "grave", "underline"),
        *("overline", "widehat", "widetilde"),
        *("mathbf", "boldsymbol", "bm", "mathrm", "mathcal", "mathbb", "mathit", "mathsf"),
    )
)


def same_letter(a: Symbol, b: Symbol) -> bool:
    return letter(a) == letter(b)


def product(*args: Term) -> Term:
    if not args:
        return ONE
    return args[0] if len(args) == 1 else Mul(args)


def total(*args: Term) -> Term:
    if not args:
        return integer(0)
    return args[0] if len(args) == 1 else Add(args)


def _times(factor: Term, node: Term) -> Term:
    # `m` taken from 1/m goes below: \frac{node}{m} reads as the author would write it
    match factor, node:
        case Div(numerator=top, denominator=d), Div(numerator=a, denominator=b) if top == ONE:
            return Div(a, _front(d, b))
        case _, Div(numerator=a, denominator=b) if not isinstance(factor, Div):
            return Div(_front(factor, a), b)
        case _:
            return _front(factor, node)


def _front(factor: Term, node: Term) -> Term:
    if node == ONE:
        return factor
    return Mul((factor, *(node.args if isinstance(node, Mul) else (node,))))


def _plus(node: Term, term: Term) -> Term:
    return Add((*(node.args if isinstance(node, Add) else (node,)), term))


def _is_zero(node: Term) -> bool:
    return isinstance(node, Number) and node.value == 0


def _role(node: Term) -> str:
    return node.type.role if isinstance(node, Symbol) else "variable"


def _shape_of(term: Term) -> tuple[object, ...] | None:
    return term.type.shape if isinstance(term, Symbol) else ()


_OF_VALUES = frozenset({"root", "term", "factor", "numerator", "denominator", "base", "exponent"})


def _is_value(node: Term, place: Place) -> bool:
    """Whether a function stands as a number among numbers, where a letter may be meant."""
    return isinstance(node, Symbol) and node.type.role == "function" and place.role in _OF_VALUES


def _alike_in_shape(a: Term, b: Term) -> bool:
    left, right = _shape_of(a), _shape_of(b)
    return left is None or right is None or len(left) == len(right)


def _alike(a: Term, b: Term) -> bool:
    """Whether b can stand where a stands: the same shape, or one unknown; functions for functions."""
    if isinstance(a, Symbol) and isinstance(b, Symbol):
        callable_ = ("function", "sequence", "operator", "distribution")
        if (a.type.role in callable_) != (b.type.role in callable_):
            return False
    return _alike_in_shape(a, b)
