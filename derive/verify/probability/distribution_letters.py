"""Distributions in terms: which letters are some, and what they are taken of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.classes import dataclass, replace
from derive.expressions import regex
from derive.reasons.gaps import Gap
from derive.term.nodes import (
    Apply,
    BigOp,
    Call,
    Element,
    Expectation,
    Number,
    Probability,
    Relation,
    Symbol,
    Term,
    Tuple,
)
from derive.term.randomness import LETTERS, speaks_of_chance
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, walk
from derive.verify.evaluate.values import Unsupported

MAIN = "P"
"""The probability measure itself: what E, Var and P without another name are taken by."""

_MEASURES = frozenset(
    ["P", "\\mathbb{P}", "\\mathrm{P}", "\\Pr", "Pr", "\\mathrm{Pr}", "\\operatorname{Pr}", "Prob"]
)

_DENSITIES = frozenset(["p", "q", "P", "Q", "f", "r", "\\pi", "\\mathbb{P}", "\\mathbf{p}", "\\mathbf{q}"])

FONT = regex(r"\\(?:mathbf|boldsymbol|mathrm|vec|bm|textbf|mathit|mathsf)\{([^{}]*)\}")

_INDICATOR = regex(r"(?:\\math(?:bf|bb|rm|ds)\{(?:1|I)\}|1|I|\\chi)_\{(.+)\}")


def name_of(term: Term) -> str | None:
    """The name of a symbol, or of an element with a number for its index; None for anything else."""
    match term:
        case Symbol(name=name):
            return name
        case Element(base=Symbol(name=name), indices=(Number(value=k),)):
            return f"{name}_{{{k}}}"
        case _:
            return None


def of_event(name: str) -> str | None:
    """The event whose indicator a symbol is: `\\mathbf{1}_{A}`."""
    found = _INDICATOR.fullmatch(name)
    return found[1] if found else None


def base_of(letter: str) -> str:
    return letter.split("_", 1)[0].split(";", 1)[0]


@dataclass(frozen=True, slots=True)
class Density:
    """`p(x, z | y; \\theta)`: a distribution, what it is taken of and what it is conditioned on.

    places: the variables that a subscript names, `f_{X \\mid Y}`.
    """

    letter: str
    args: tuple[Term, ...]
    given: tuple[Term, ...] = ()
    places: tuple[str, ...] = ()


def function_name(function: Term | None) -> str | None:
    match function:
        case None:
            return MAIN
        case Symbol(name=name):
            return MAIN if name in _MEASURES else name
        case Element(base=Symbol(name=name), indices=indices) if all(
            isinstance(i, Symbol | Number) for i in indices
        ):
            return f"{name}_{{{','.join(i.to_latex() for i in indices)}}}"
        case _:
            return None


def places_of(name: str) -> tuple[str, ...]:
    """`X`, `Y` of `f_{X|Y}`, `p_{XY}`: a subscript of capital letters."""
    found = re.fullmatch(r"[A-Za-z]_\{(.+)\}", name)
    if not found:
        return ()
    tokens = re.findall(r"[A-Z](?:_\{?\d\}?)?", found[1])
    rest = re.sub(r"[A-Z](?:_\{?\d\}?)?|\\mid|\\vert|[|,\s]|\\,", "", found[1])
    return tuple(tokens) if not rest else ()


def is_letter(name: str) -> bool:
    return base_of(name) in _DENSITIES


def density_of(node: Term, letters: frozenset[str]) -> Density | None:
    """The density that a node is; `letters` are those that calls without a bar may have."""
    match node:
        case Probability(args=args, given=given, parameters=parameters, function=function):
            name = function_name(function)
            if name is None or not is_letter(name):
                shown = function.to_latex() if function is not None else ""
                raise Unsupported(Gap.FUNCTION_AS_DISTRIBUTION, name or shown)
        case Call(function=function, args=args) if function_name(function) is not None:
            name = str(function_name(function))
            if name != MAIN and name not in letters:
                return None
            given, parameters = (), ()
        case _:
            return None
    places = places_of(name)
    if places:
        if len(places) != len(args) + len(given):
            raise Unsupported(Gap.DISTRIBUTION, name)
        name = base_of(name)
    if parameters:
        name += ";" + ",".join(p.to_latex() for p in parameters)
    return Density(name, args, given, places)


def letters_in(terms: Iterable[Term]) -> frozenset[str]:
    """Names of distributions: those with a bar behind them, under an expectation or in a divergence, and
    p and q by custom."""
    nodes = [n for t in terms for n in walk(t)]
    found: set[str] = set()
    for node in nodes:
        match node:
            case Probability(function=function):
                found.add(function_name(function) or "")
            case Expectation(op=op, args=args, under=under):
                for part in (*(args if op in ("KL", "H") else ()), *(() if under is None else (under,))):
                    if isinstance(part, Relation) and part.op == "sim":
                        part = part.right
                    if isinstance(part, Call):
                        part = part.function
                    name = function_name(part) if isinstance(part, Symbol | Element) else None
                    if name is not None and is_letter(name):
                        found.add(name)
    bases = {base_of(f) for f in found} | LETTERS
    for node in nodes:
        if isinstance(node, Call) and (name := function_name(node.function)) is not None:
            if is_letter(name) and (base_of(name) in bases or places_of(name)):
                found.add(name)
    return frozenset(found)


def with_entropies(term: Term) -> Term:
    """`H(p)` and `H(p, q)` of distributions as entropies."""
    match term:
        case Call(function=Symbol(name="H"), args=args) if all(
            isinstance(a, Symbol) and is_letter(a.name) for a in args
        ):
            return Expectation("H", args)
        case Call(function=Symbol(name="H" | "I")):
            raise Unsupported(Gap.FUNCTION_H_AS_ENTROPY)
        case _:
            return map_children(term, with_entropies)


def distributions(*terms: Term) -> set[str]:
    """Names in a claim about chance that are distributions, with the ends of its sums over all values: what
    is said of them is said of all."""
    if not speaks_of_chance(*terms):
        return set()
    found: set[str] = set(letters_in(terms))
    for node in (n for t in terms for n in walk(t)):
        match node:
            case BigOp(binders=binders):
                found |= {f"N_{{{b.variable.name}}}" for b in binders}
            case Call(function=Element(base=Symbol(name=name))):
                found.add(name)
            case _:
                pass
    return found


def by_construction(hypothesis: Term, names: set[str]) -> bool:
    """Whether an equation says of distributions only what every distribution does: `\\sum_z Q_i(z) = 1` and
    `Q_i(z) \\ge 0`, Q among the names."""
    match hypothesis:
        case Relation(op="=", left=BigOp(op="sum", body=body, binders=binders), right=Number(value=one)) if (
            one == 1
        ):
            bound = {b.variable for b in binders if b.condition is None}
            values = _values_of(body, names)
            return values is not None and len(bound) == len(binders) and set(values) == bound
        case Relation(op=">=", left=body, right=Number(value=zero)) if zero == 0:
            return _values_of(body, names) is not None
        case _:
            return False


def _values_of(node: Term, names: set[str]) -> tuple[Term, ...] | None:
    """What a distribution among the names is taken of."""
    match node:
        case Call(function=function, args=args) | Probability(function=function, args=args):
            name = function_name(function)
            return args if name is not None and (name in names or base_of(name) in names) else None
        case _:
            return None


def without_letters(scope: Scope, *terms: Term) -> Scope:
    """The scope without what it knows of distributions as functions: p(x) is no function of x alone."""
    letters = letters_in(terms)
    dependencies = {n: d for n, d in scope.dependencies.items() if n not in letters}
    definitions = {n: d for n, d in scope.definitions.items() if n not in letters}
    return replace(scope, dependencies=dependencies, definitions=definitions)


def with_random_letters(scope: Scope) -> Scope:
    """The scope without the definitions of letters of which chance is told, where none is told of what they
    are made of: an error `e = x - \\hat x` with a mean and a covariance is a variable by itself."""
    told = {
        name
        for h in scope.hypotheses
        if isinstance(h, Relation) and (h.op in ("sim", "perp") or speaks_of_chance(h.left))
        for side in ((h.left, h.right) if h.op == "perp" else (h.left,))
        for name in free_symbols(side)
    }
    apart = {
        name
        for name in told & scope.definitions.keys()
        if not told & free_symbols(scope.definitions[name].body).keys()
    }
    if not apart:
        return scope
    return replace(scope, definitions={n: d for n, d in scope.definitions.items() if n not in apart})


def formulas(*terms: Term, scope: Scope) -> list[str]:
    """Distributions of the terms for which the document gives a formula: no table follows it."""
    found: dict[str, None] = {}
    for letter in letters_in(terms):
        definition = scope.definitions.get(letter)
        if definition is not None and not speaks_of_chance(definition.body):
            found[letter] = None
    return list(found)


def plain(term: Term) -> tuple[Term, ...]:
    """The conditions in a condition: of `X = x, Y = y` both."""
    if isinstance(term, Apply) and term.head == "and":
        return tuple(x for a in term.args for x in plain(a))
    if isinstance(term, Tuple):
        return tuple(x for a in term.items for x in plain(a))
    return (term,)
