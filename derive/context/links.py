"""The links of a chain as parts with two sides, and what kinds of sides there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard

from derive.classes import dataclass
from derive.expressions import regex
from derive.model import Span
from derive.notation.syntax import Chain
from derive.term.congruence import modulus
from derive.term.contents import among, has
from derive.term.nodes import (
    TWO,
    Apply,
    At,
    BigOp,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Ellipsis,
    Expectation,
    Integral,
    Limit,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Prime,
    Probability,
    Relation,
    Root,
    Symbol,
    Term,
    Tuple,
    Type,
)
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, walk

DEFINING = frozenset({":=", "=:", "defined", "triangleq", "coloneqq"})
EQUALITIES = frozenset({"=", "equiv"})
INEQUALITIES = frozenset({"<", "<=", ">", ">=", "!=", "ll", "gg"})
IMPLICATIONS = frozenset({"implies", "iff", "impliedby"})
_SIGNED = frozenset({"real", "positive", "nonnegative", "unit"})
"""Domains in which a square has one root that is not negative."""
CHECKED = EQUALITIES | INEQUALITIES | IMPLICATIONS | {"approx", "simeq", "cong"}


@dataclass(frozen=True, slots=True)
class Part:
    """One link with its sides settled; spans are offsets into the formula's LaTeX."""

    left: Term
    relation: str
    right: Term
    left_span: Span | None
    right_span: Span
    relation_span: Span
    continued: bool


def congruent(part: Part) -> bool:
    """Whether a link says that two integers agree modulo a third."""
    return part.relation == "equiv" and modulus(part.left, part.right) is not None


def chain_parts(chain: Chain, terms: Sequence[Term], before: Span | None = None) -> tuple[Part, ...]:
    """The links of a chain: `terms` are its sides in order. The first may come from the row or the
    formula before: then `before` is where it stands there."""
    parts = []
    left_span = chain.first.span if chain.first is not None else before
    for k, link in enumerate(chain.links):
        parts.append(
            Part(
                terms[k],
                link.relation,
                terms[k + 1],
                left_span,
                link.right.span,
                link.relation_span,
                k == 0 and chain.first is None,
            )
        )
        left_span = link.right.span
    return tuple(parts)


def conditions_on(definition: Definition, stated: Iterable[Term]) -> tuple[Term, ...]:
    """What is stated of the arguments of a function that is defined, `f(t) = t` for `0 \\le t < 1`."""
    names = {p.name for p in definition.parameters}
    told = (h for h in stated if names & free_symbols(h).keys() and not _speaks_of(definition.name, h))
    return tuple(dict.fromkeys(told)) if definition.kind == "function" else ()


def _speaks_of(name: str, term: Term) -> bool:
    return any(isinstance(n, Symbol) and n.name == name for n in walk(term))


def definition_of(left: Term, right: Term) -> Definition | None:
    """The definition that `left = right` would make, or None where `left` is no definiendum."""
    match left:
        case Symbol(name=name):
            if isinstance(right, Tuple) and left.type.shape != () and Ellipsis() not in right.items:
                right = Matrix(tuple((item,) for item in right.items))  # the vector (1, 2, 3)
            if name in free_symbols(right) or isinstance(right, (Tuple, Ellipsis)):
                return None
            return Definition(name, right, (), "symbol", left.span)
        case Call(function=Symbol(name=name), args=args):
            symbols = tuple(a for a in args if isinstance(a, Symbol))
            if len(symbols) != len(args) or len({s.name for s in symbols}) != len(symbols):
                return None
            if any(n.name == name for n in among(right, Symbol)):
                return None
            if isinstance(right, Symbol) and right not in symbols:
                return Definition(right.name, left, (), "symbol", right.span)  # f(x) = y names the value
            if is_constant(right):
                return None  # P(Ω) = 1 is a value, no function
            if isinstance(right, Tuple) and Ellipsis() not in right.items and len(right.items) > 1:
                right = Matrix(tuple((item,) for item in right.items))  # the vector field (-y, x)
            return Definition(name, right, symbols, "function", left.span)
        case Element(base=Symbol(name=name), indices=indices):
            symbols = tuple(i for i in indices if isinstance(i, Symbol))
            if len(symbols) != len(indices) or len({s.name for s in symbols}) != len(symbols):
                return None
            if any(n.name == name for n in among(right, Symbol)):
                return None
            if any(_spelled_with(n, s.name) for n in free_symbols(right) for s in symbols):
                return None
            return Definition(name, right, symbols, "element", left.span)
        case Pow(base=Symbol() | Element() as base) if squared(left) and not is_constant(right):
            return definition_of(base, Root(right, TWO))
        case _:
            return None


def squared(left: Term) -> bool:
    """`\\sigma^2`, `s_j^2`: the square of a number that is named by its letter. An equation for it makes the
    number known up to its sign, and the positive root is what variances, distances and norms mean."""
    match left:
        case Pow(base=Symbol(type=known) | Element(base=Symbol(type=known)), exponent=Number(value=value)):
            return value == 2 and known.shape == () and known.domain in _SIGNED
        case _:
            return False


def untold(term: Term, definitions: Mapping[str, Definition]) -> int:
    """How much is left open by what a term is made of: 2 by chances and expectations, 1 by functions that
    nothing defines, 0 where nothing is."""
    if has(term, Probability, Expectation):
        return 2
    called = (n.function for n in among(term, Call))
    return int(any(not isinstance(f, Symbol) or f.name not in definitions for f in called))


def _spelled_with(name: str, index: str) -> bool:
    """Whether a name has the index in its script, `d_{i\\cdot}`: at another index it is another name."""
    script = name.partition("_{")[2]
    return index in re.findall(r"\\?[A-Za-z]+", script)


def is_atom(term: Term) -> bool:
    """A name, a number, or what is named by two capitals side by side: the segment `CM`. Two letters that are
    known for arrays are a product."""
    if isinstance(term, Neg):
        return is_atom(term.arg)
    if isinstance(term, Mul) and len(term.args) == 2:
        return all(
            isinstance(a, Symbol) and len(a.name) == 1 and a.name.isupper() and a.type.shape == ()
            for a in term.args
        )
    if isinstance(term, (Div, Root, Pow)) and is_constant(term):
        return True
    return isinstance(term, (Symbol, Element, Number, Constant, Tuple, Ellipsis)) or (
        isinstance(term, Call) and isinstance(term.function, Symbol) and all(is_atom(a) for a in term.args)
    )


def is_constant(term: Term) -> bool:
    """No free symbol: a number, however written."""
    return not free_symbols(term)


def is_differential(term: Term, scope: Scope) -> bool:
    """The differential of a quantity that is defined: what it comes to follows from the definition."""
    return (
        isinstance(term, Apply)
        and term.head == "differential"
        and isinstance(term.args[0], Symbol)
        and term.args[0].name in scope.definitions
    )


def is_computation(term: Term, scope: Scope) -> bool:
    """An operator applied to something explicit: `\\frac{d}{dx} x^2`, `\\int_0^1 x dx`, `f'(2)` (f defined).

    A derivative of an unknown function is none: an equation about it is a model.
    """
    operators = [
        n
        for n in walk(term)
        if isinstance(n, (Derivative, Integral, Limit, At, Prime, Expectation, BigOp))
        or _of_events(n)
        or is_differential(n, scope)
    ]
    calls = [
        n
        for n in among(term, Call)
        if isinstance(n.function, Symbol) and n.function.name in scope.definitions
    ]
    if not operators and not calls:
        return False
    if any(isinstance(n, (Expectation, Probability)) for n in walk(term)):
        return _of_known_chance(term, scope)
    for node in walk(term):
        match node:
            case Derivative(body=body) if not _explicit(body, scope):
                return False
            case Prime(function=Symbol(name=name)) if name not in scope.definitions:
                return False
            case Call(function=Symbol(name=name)) if name not in scope.definitions and not _derived(term):
                return False
            case Element(base=Symbol(name=name)) if name not in scope.definitions and not any(
                isinstance(n, Derivative) for n in operators
            ):
                return False
            case _:
                pass
    return True


def _of_events(node: Term) -> bool:
    """`P(A \\cap B)`: of events that have names. What a variable does, `P(X = k)`, may be put as well."""
    match node:
        case Probability(args=args, given=given, function=None):
            return not any(has(e, Relation) for e in (*args, *given))
        case _:
            return False


def _of_known_chance(term: Term, scope: Scope) -> bool:
    """Whether all that is random in a term has a distribution or moments that the text told: then its mean is
    worked out, not supposed."""
    told = {
        name
        for h in scope.hypotheses
        if isinstance(h, Relation) and (h.op == "sim" or (h.op == "=" and isinstance(h.left, Expectation)))
        for name in free_symbols(h.left)
    }
    drawn = {name for h in scope.hypotheses if _of_family(h) for name in free_symbols(h.left)}
    chances = [d.body for d in scope.definitions.values() if isinstance(d.body, Probability)]
    told |= {name for chance in chances for name in free_symbols(chance)}
    names: set[str] = set()
    stack = [n for n in walk(term) if isinstance(n, Expectation | Probability)]
    inside = [name for n in stack for name in free_symbols(n)]
    # `E[x] = 0` of an x in a small letter may be supposed, but not where its family is named, and of what is
    # made of it the mean is worked out
    args = [a for n in stack if isinstance(n, Expectation) for a in n.args]
    composed = any(not is_atom(a) or (isinstance(a, Symbol) and a.name in scope.definitions) for a in args)
    seen: set[str] = set()
    while inside:
        name = inside.pop()
        if name in seen:
            continue
        seen.add(name)
        definition = scope.definitions.get(name)
        if definition is not None:
            inside += [
                n for n in free_symbols(definition.body) if n not in {p.name for p in definition.parameters}
            ]
        elif name.lstrip("\\")[:1].isupper() or name in drawn or (name in told and composed):
            names.add(name)
    return bool(names & told) and all(n in told or scope.symbols.get(n, Type()).shape for n in names)


def _of_family(hypothesis: Term) -> TypeGuard[Relation]:
    """`\\theta \\sim \\operatorname{Beta}(a, b)`: a family by its name, with its parameters. `x \\sim p(x)`
    names none."""
    match hypothesis:
        case Relation(op="sim", right=Call(function=Symbol(name=name))):
            return name == r"\mathcal{N}" or _FAMILY.fullmatch(name) is not None
        case Relation(op="sim", right=Expectation(op="E")):
            return True  # nothing is drawn from a mean: it is `\operatorname{Exp}(a)`
        case _:
            return False


_FAMILY = regex(r"(?:\\(?:operatorname|mathrm|text)\{)?[A-Za-z-]{2,}\}?")


def _derived(term: Term) -> bool:
    return has(term, Derivative)


def _explicit(body: Term, scope: Scope) -> bool:
    match body:
        case Symbol(name=name) | Element(base=Symbol(name=name)):
            return name in scope.definitions
        case _:
            return True


def within(left: Term, scope: Scope) -> set[str]:
    """Names that the left side speaks of, through its definitions too."""
    names: set[str] = set()
    stack = [left]
    while stack:
        for name in free_symbols(stack.pop()):
            if name in names:
                continue
            names.add(name)
            if name in scope.definitions:
                stack.append(scope.definitions[name].body)
    return names


def rewritten(chain: Sequence[Part]) -> bool:
    """`\\frac{x^2 - 1}{x - 1} = \\frac{(x-1)(x+1)}{x - 1} = x + 1`: one expression in several forms, each in
    the letters of the first. Where a side is an atom, a number or has unknown functions, elements or
    operators, the first link may be what is given."""
    sides = [chain[0].left, *(p.right for p in chain)]
    letters = free_symbols(sides[0]).keys()
    return (
        len(chain) > 1
        and all(p.relation in EQUALITIES for p in chain)
        and not any(is_constant(side) for side in sides)
        and not any(is_atom(side) for side in sides[:-1])
        and all(free_symbols(side).keys() <= letters for side in sides)
        and not any(isinstance(n, _OPEN) for side in sides for n in walk(side))
    )


_OPEN = (Call, Element, Derivative, Prime, Expectation, Probability, BigOp, Integral, Limit, At, Ellipsis)


def redefines(left: Term, scope: Scope) -> str | None:
    """The name of a function that is defined already and given again at plain symbols, `F(x) = …`."""
    if (
        isinstance(left, Call)
        and isinstance(left.function, Symbol)
        and left.function.name in scope.definitions
        and all(isinstance(a, Symbol) for a in left.args)
    ):
        return left.function.name
    return None


def function_given(left: Term, right: Term) -> Definition | None:
    if not isinstance(left, Call) or not isinstance(left.function, Symbol):
        return None
    parameters = tuple(a for a in left.args if isinstance(a, Symbol))
    return Definition(left.function.name, right, parameters, "function", left.span)
