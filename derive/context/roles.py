"""What a link of a chain is: does it define, assume or assert?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derive.context.cues import Cue
from derive.model import Role, Span
from derive.notation.syntax import Chain
from derive.term.congruence import modulus
from derive.term.nodes import (
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
    Neg,
    Number,
    Pow,
    Prime,
    Probability,
    Root,
    Symbol,
    Term,
    Tuple,
)
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, walk

DEFINING = frozenset({":=", "=:", "defined", "triangleq", "coloneqq"})
EQUALITIES = frozenset({"=", "equiv"})
INEQUALITIES = frozenset({"<", "<=", ">", ">=", "!=", "ll", "gg"})
IMPLICATIONS = frozenset({"implies", "iff", "impliedby"})
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


def congruent(part: Part) -> bool:
    """Whether a link says that two integers agree modulo a third."""
    return part.relation == "equiv" and modulus(part.left, part.right) is not None


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
            if any(isinstance(n, Symbol) and n.name == name for n in walk(right)):
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
            if any(isinstance(n, Symbol) and n.name == name for n in walk(right)):
                return None
            if any(_spelled_with(n, s.name) for n in free_symbols(right) for s in symbols):
                return None
            return Definition(name, right, symbols, "element", left.span)
        case _:
            return None


def _spelled_with(name: str, index: str) -> bool:
    """Whether a name has the index in its script, `d_{i\\cdot}`: at another index it is another name."""
    script = name.partition("_{")[2]
    return index in re.findall(r"\\?[A-Za-z]+", script)


def is_atom(term: Term) -> bool:
    if isinstance(term, Neg):
        return is_atom(term.arg)
    if isinstance(term, (Div, Root, Pow)) and is_constant(term):
        return True
    return isinstance(term, (Symbol, Element, Number, Constant, Tuple, Ellipsis)) or (
        isinstance(term, Call) and isinstance(term.function, Symbol) and all(is_atom(a) for a in term.args)
    )


def is_constant(term: Term) -> bool:
    """No free symbol: a number, however written."""
    return not free_symbols(term)


def is_computation(term: Term, scope: Scope) -> bool:
    """An operator applied to something explicit: `\\frac{d}{dx} x^2`, `\\int_0^1 x dx`, `f'(2)` (f defined).

    A derivative of an unknown function is none: an equation about it is a model.
    """
    operators = [
        n for n in walk(term) if isinstance(n, (Derivative, Integral, Limit, At, Prime, Expectation, BigOp))
    ]
    calls = [
        n
        for n in walk(term)
        if isinstance(n, Call) and isinstance(n.function, Symbol) and n.function.name in scope.definitions
    ]
    if not operators and not calls:
        return False
    if any(isinstance(n, (Expectation, Probability)) for n in walk(term)):
        return False
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


def _derived(term: Term) -> bool:
    return any(isinstance(n, Derivative) for n in walk(term))


def _explicit(body: Term, scope: Scope) -> bool:
    if isinstance(body, Symbol):
        return body.name in scope.definitions
    return True


def role_of(
    part: Part,
    *,
    cue: Cue,
    first: bool,
    closing: bool,
    scope: Scope,
    chain: Sequence[Part],
    known: bool,
    seen: bool,
    cases: Sequence[Term] = (),
    bound: frozenset[str] = frozenset(),
) -> tuple[Role, bool, Definition | None]:
    """(role, whether it is to be decided, the definition that it makes or would make).

    `known`: the left side is a standard name that the document leaves undefined and a case is put about
    what it is made of. `seen`: the left symbol was used before. Role EQUATION with True is decided
    tentatively: refuted, it is a condition, not an error.
    """
    left, right, relation = part.left, part.right, part.relation
    definition = definition_of(left, right) if relation in EQUALITIES | DEFINING and first else None
    if congruent(part):  # `n \\equiv 1 \\pmod 2` leaves n many values
        definition = None
        if first and isinstance(left, Symbol) and cue not in {Cue.ASSERT, Cue.IDENTITY}:
            return Role.ASSUMPTION, False, None
    if definition is not None and cue is not Cue.DEFINE and _goes_round(definition, scope):
        if definition.name not in scope.definitions:
            definition = None  # h = g t²/2, so t = √(2h/g): solved for another symbol, nothing new
    if cue is Cue.DENY:
        return Role.ASSUMPTION, False, None
    if relation in DEFINING:
        return Role.DEFINITION, False, definition or definition_of(right, left)
    if relation not in CHECKED:
        return Role.ASSUMPTION, False, None
    if first:
        return _first(part, cue, scope, chain, known, seen, definition, cases, bound)
    return _later(part, cue, closing, scope, chain)


def _first(
    part: Part,
    cue: Cue,
    scope: Scope,
    chain: Sequence[Part],
    known: bool,
    seen: bool,
    definition: Definition | None,
    cases: Sequence[Term],
    bound: frozenset[str],
) -> tuple[Role, bool, Definition | None]:
    left, right, relation = part.left, part.right, part.relation
    if relation in EQUALITIES:
        if known and cue is not Cue.DEFINE:
            return Role.STEP, True, None
        if definition is not None:
            fresh = definition.name not in scope.definitions
            passing = isinstance(right, Symbol) or is_constant(right)
            if cue is not Cue.DEFINE and isinstance(left, (Symbol, Element)) and passing:
                return Role.ASSUMPTION, False, None  # `s = 1`, `x = b`: a case or a value in passing
            if cue is not Cue.DEFINE and definition.name in bound:
                return Role.ASSUMPTION, False, None
            if cue is Cue.DEFINE or (
                fresh and (definition.kind != "symbol" or not seen or not is_constant(right))
            ):
                return Role.DEFINITION, False, definition
            if not fresh and _case_reaches(definition.name, scope, cases):
                return Role.STEP, True, None
            if not fresh and cue in {Cue.ASSERT, Cue.IDENTITY} and not is_atom(right):
                if _free_within(left, scope) == _free_within(right, scope):
                    return Role.STEP, True, None  # "so E = p²/2m", in terms of what was defined
            if not fresh:
                return Role.EQUATION, True, definition
            return Role.ASSUMPTION, False, None
        if cue in {Cue.ASSUME, Cue.DEFINE} and not is_constant(left):
            return Role.ASSUMPTION, False, None
        if is_constant(left) and is_constant(right):
            return Role.STEP, True, None
        if isinstance(right, Call) and is_atom(left) and is_atom(right):
            return Role.ASSUMPTION, False, None
        if _redefines(left, scope):
            again = _function(left, right)
            if again is not None and _case_reaches(again.name, scope, cases):
                return Role.STEP, True, None
            return Role.EQUATION, True, None if is_constant(right) else again
        if is_constant(right) and not is_atom(left) and not _free_within(left, scope):
            return Role.STEP, True, None  # A^{-1} of a matrix that is written out
        if is_computation(left, scope):
            named = definition_of(right, left)
            if named is not None and named.name not in _within(left, scope) | scope.definitions.keys():
                return Role.DEFINITION, False, named
            if is_constant(right) and not is_constant(left) and not cases:
                return Role.EQUATION, True, None  # a derivative set to zero; a sum of weights that is one
            return Role.STEP, True, None
        if cue is Cue.MODEL:
            return Role.ASSUMPTION, False, None
        if isinstance(left, Expectation) and left.op == "KL" and speaks_of_chance(right):
            return Role.STEP, True, None  # what a divergence is, is no condition on its distributions
        if cue is Cue.IDENTITY and not is_constant(right) and not is_atom(left) and not is_atom(right):
            if free_symbols(right).keys() <= _within(left, scope):
                return Role.STEP, True, None
        if is_atom(left) and is_atom(right):
            return Role.ASSUMPTION, False, None
        if _rewritten(chain):
            return Role.STEP, True, None
        return Role.EQUATION, True, None
    if relation in INEQUALITIES and cue in {Cue.ASSERT, Cue.IDENTITY} and not is_atom(left):
        return Role.STEP, True, None
    if relation in INEQUALITIES and (cue is not Cue.NONE or is_atom(left) or is_atom(right)):
        if is_constant(left) and is_constant(right):
            return Role.STEP, True, None
        return Role.ASSUMPTION, False, None
    if is_constant(left) and is_constant(right):
        return Role.STEP, True, None
    return Role.EQUATION, True, None


def _rewritten(chain: Sequence[Part]) -> bool:
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


def _redefines(left: Term, scope: Scope) -> bool:
    """`F(x) = …` again for a function that is defined already, at plain symbols."""
    return (
        isinstance(left, Call)
        and isinstance(left.function, Symbol)
        and left.function.name in scope.definitions
        and all(isinstance(a, Symbol) for a in left.args)
    )


def _function(left: Term, right: Term) -> Definition | None:
    if not isinstance(left, Call) or not isinstance(left.function, Symbol):
        return None
    parameters = tuple(a for a in left.args if isinstance(a, Symbol))
    return Definition(left.function.name, right, parameters, "function", left.span)


def _case_reaches(name: str, scope: Scope, cases: Sequence[Term]) -> bool:
    """Whether a case of the text fixes something that the definition of `name` is made of: then
    `name = …` says what becomes of it there, and defines nothing anew."""
    inside = _within(Symbol(name), scope)
    for parameter in scope.definitions[name].parameters:
        inside |= _within(parameter, scope)
    return any(free_symbols(case).keys() & inside for case in cases)


def _free_within(term: Term, scope: Scope) -> set[str]:
    """What a term comes down to: the symbols below it that nothing defines."""
    return {name for name in _within(term, scope) if name not in scope.definitions}


def _goes_round(definition: Definition, scope: Scope) -> bool:
    own = {p.name for p in definition.parameters}
    return definition.name in _within(definition.body, scope) - own


def _within(left: Term, scope: Scope) -> set[str]:
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


def _later(
    part: Part, cue: Cue, closing: bool, scope: Scope, chain: Sequence[Part]
) -> tuple[Role, bool, Definition | None]:
    left, right, relation = part.left, part.right, part.relation
    if all(is_atom(p.left) and is_atom(p.right) for p in chain) and not (
        is_constant(left) and is_constant(right)
    ):
        return Role.ASSUMPTION, False, None
    if isinstance(right, (Symbol, Element)) or (isinstance(right, Call) and is_atom(right)):
        definition = None if congruent(part) else definition_of(right, left)
        if definition is not None and definition.name not in scope.definitions and relation in EQUALITIES:
            names = {n for p in chain for n in (*free_symbols(p.left),)}
            if definition.name not in names:
                return Role.DEFINITION, False, definition
    if relation in INEQUALITIES and is_atom(right) and not is_constant(left):
        return Role.EQUATION, True, None
    if relation == "approx" and not (is_constant(left) and is_constant(right)):
        return Role.EQUATION, True, None
    if relation in EQUALITIES and is_constant(right) and not is_constant(left):
        return Role.EQUATION, True, None
    if relation in IMPLICATIONS:
        return Role.EQUATION, True, None
    if cue is Cue.ASSUME and (is_atom(left) or is_atom(right)):
        return Role.EQUATION, True, None
    return Role.STEP, True, None
