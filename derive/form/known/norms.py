"""What the words promise of a formula: a density integrates to one, a mass function sums to one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from derive.classes import dataclass, replace
from derive.expressions import regex
from derive.form.known.nearby import Words
from derive.form.known.reading import equation, letters
from derive.laws.law import Distribution
from derive.mend.case import Case
from derive.model import Claim
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    BigOp,
    Binder,
    Call,
    Constant,
    Div,
    Element,
    Integral,
    Mul,
    Neg,
    Number,
    Pow,
    Probability,
    Relation,
    Root,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Reading, Scope
from derive.term.traverse import substitute, walk

_INFINITY = Constant("infinity")
_DENSITY = regex(
    r"\bprobability densit|\bdensity function\b|\bpdfs?\b|\bp\.d\.f\.|\bdensity of (?:a|an|the) [\w\s,□-]*"
    r"(?:distribution|variable)|\b(?:normal|gaussian|exponential|gamma|beta|uniform|laplace|cauchy) densit",
    re.I,
)
_MASS = regex(r"\b(?:probability )?mass function\b|\bpmfs?\b|\bp\.m\.f\.", re.I)
_DISTRIBUTION = regex(r"\bdistribut(?:ion|ed)\b", re.I)
_OTHER = regex(
    r"\b(?:cumulative|cdf|log|conditional|joint|bivariate|multivariate|energy|charge|current|spectral|number"
    r"|likelihood|generating|characteristic|survival|hazard|quantile|mixture|truncated|folded|transform\w*"
    r"|derivative|kernel|marginal|posterior|prior|expect\w+|mean|variance|entropy|exponent|score|gradient)\b",
    re.I,
)
_NUMBERS = (Add, Mul, Neg, Div, Pow, Root, Number, Constant, Symbol, Apply)
_PLAIN_HEADS = frozenset(
    ("exp", "log", "sqrt", "abs", "gamma", "beta", "factorial", "binomial", "sin", "cos")
)


@dataclass(frozen=True, slots=True)
class Promised:
    """A density or mass function as the document states it: its argument, its body, what names it."""

    kind: str
    variable: Symbol
    body: Term
    distribution: Distribution | None
    bounds: tuple[tuple[Term, Term], ...]


def promised(case: Case, words: Words) -> Promised | None:
    """The density or mass function that the words say the claim defines; None where they promise none."""
    claim = case.claim
    variable = argument(claim.left)
    if claim.relation not in ("=", ":=") or variable is None or _OTHER.search(words.sentence):
        return None
    body: Term = claim.right
    if not _decidable(body, variable):
        return None
    from derive.laws.known import DISTRIBUTIONS

    named = tuple(d for d in DISTRIBUTIONS if re.search(d.words, words.sentence, re.I))
    named = named[1:] if len(named) > 1 and named[0].name.startswith("standard") else named
    if len(named) > 1:
        return None
    one = named[0] if named else None
    kind = _kind(claim.left, words.sentence, one)
    if not _is_about(words):
        return None
    if kind is None or (one is not None and one.kind != kind) or scaled(body, variable):
        return None
    return Promised(kind, variable, body, one, tuple(_bounds(claim.scope, variable, kind, one)))


_NAMES_IT = regex(r"\b(?:densit\w+|pdfs?|p\.d\.f\.|mass|pmfs?|p\.m\.f\.|distribut\w+)(?: functions?)?", re.I)
_ANOTHER = regex(r"\b(?:through|map\w*|functions?|parameter\w*|sequence|series|where|whose)\b", re.I)


def _is_about(words: Words) -> bool:
    """Whether nothing else is named between the density and the formula: "a uniform pdf through the
    function" speaks of the function."""
    named = list(_NAMES_IT.finditer(words.before))
    if not named:
        return words.after.lstrip().lower().startswith("is ")
    return _ANOTHER.search(words.before[named[-1].end() :]) is None


def argument(left: Term) -> Symbol | None:
    """`x` in `p(x)`, `f(x; \\mu)`; `k` in `P(X = k)`."""
    match left:
        case Call(args=(Symbol() as x, *rest)) if all(isinstance(r, Symbol) for r in rest):
            return x
        case Probability(args=(Relation(op="=", left=Symbol(), right=Symbol() as k),), given=()):
            return k
        case Probability(args=(Symbol() as x,)):
            return x
        case _:
            return None


def _kind(left: Term, sentence: str, named: Distribution | None) -> str | None:
    event = isinstance(left, Probability) and isinstance(left.args[0], Relation)
    if event:
        return "mass" if named is not None and named.kind == "mass" else None
    if _MASS.search(sentence):
        return "mass"
    if _DENSITY.search(sentence):
        return "density"
    return named.kind if named is not None and _DISTRIBUTION.search(sentence) else None


def _decidable(body: Term, variable: Symbol) -> bool:
    """Whether the body is a formula in numbers that speaks of its variable."""
    heads = all(n.head in _PLAIN_HEADS for n in among(body, Apply))
    plain = all(isinstance(n, _NUMBERS) for n in walk(body)) and not any(
        (n.type.shape != () or n.type.role == "function") for n in among(body, Symbol)
    )
    return heads and plain and not isinstance(body, Element) and variable in walk(body)


def scaled(body: Term, variable: Symbol) -> bool:
    """Whether a letter is but a factor of the whole: `c e^{-x}` leaves its norm open."""
    factors = list(_factors(body))
    for k, f in enumerate(factors):
        rest = {s for other in factors[:k] + factors[k + 1 :] for s in among(other, Symbol)}
        if variable not in walk(f) and {s for s in among(f, Symbol)} - rest:
            return True
    return False


def _factors(term: Term) -> Iterator[Term]:
    match term:
        case Neg(arg=inner) | Root(radicand=inner) | Pow(base=inner, exponent=Number()):
            yield from _factors(inner)
        case Mul(args=args):
            for a in args:
                yield from _factors(a)
        case Div(numerator=a, denominator=b):
            yield from _factors(a)
            yield from _factors(b)
        case _:
            yield term


def _bounds(
    scope: Scope, variable: Symbol, kind: str, named: Distribution | None
) -> Iterator[tuple[Term, Term]]:
    """Every range that may be meant: what is stated, what the name says, else the usual ones."""
    low, high = _stated(scope, variable)
    if low is not None or high is not None:
        yield low or Neg(_INFINITY), high or _INFINITY
        return
    if named is not None:
        _, lower, upper, _ = terms_of(named)
        yield lower, upper
        if kind == "mass":
            yield from ((bound, upper) for bound in (ZERO, ONE) if bound != lower)
        return
    if kind == "density":
        yield from ((Neg(_INFINITY), _INFINITY), (ZERO, _INFINITY), (ZERO, ONE), (ONE, _INFINITY))
        yield Neg(ONE), ONE


def _stated(scope: Scope, variable: Symbol) -> tuple[Term | None, Term | None]:
    low: Term | None = None
    high: Term | None = None
    for h in scope.hypotheses:
        match h:
            case Relation(op=">" | ">=", left=left, right=bound) if left == variable:
                low = bound
            case Relation(op="<" | "<=", left=bound, right=right) if right == variable:
                low = bound
            case Relation(op="<" | "<=", left=left, right=bound) if left == variable:
                high = bound
            case Relation(op=">" | ">=", left=bound, right=right) if right == variable:
                high = bound
            case _:
                pass
    return low, high


@cache
def terms_of(one: Distribution) -> tuple[Scope, Term, Term, tuple[Term, ...]]:
    """The scope of a named distribution, its bounds, and its bodies by every convention."""
    bodies: list[Term] = []
    scope = Scope()
    for body in (one.body, *one.others):
        _, right, scope_here = equation("F", body, one.when)
        scope = scope if bodies else scope_here
        bodies.append(right)
    _, lower, _ = equation("F", one.lower, one.when)
    _, upper, _ = equation("F", one.upper, one.when)
    return scope, lower, upper, tuple(bodies)


def totals(case: Case, what: Promised) -> Iterator[Claim]:
    """`\\int p = 1` over every range that may be meant, under the conditions that letters like these have."""
    x = what.variable
    scope = conditions(case.claim.scope, what)
    for low, high in what.bounds:
        total: Term
        if what.kind == "density":
            total = Integral(what.body, x, low, high)
        else:
            k = Symbol(x.name, Type("integer", role="index"))
            total = BigOp("sum", substitute(what.body, {x: k}), (Binder(k, low, high),))
        yield replace(
            case.claim,
            left=total,
            relation="=",
            right=ONE,
            scope=scope,
            readings=(Reading((total, ONE)),),
            cases=(),
        )


def conditions(scope: Scope, what: Promised) -> Scope:
    """Parameters are positive but for what the argument is moved by; `p` is a probability, `n` natural."""
    own = letters(what.body)
    moved = {
        s.name
        for n in among(what.body, Add)
        if what.variable in n.args
        for a in n.args
        for s in among(a, Symbol)
        if s != what.variable and a in (s, Neg(s))
    }
    hypotheses: list[Term] = []
    symbols = dict(scope.symbols)
    for name, letter in own.items():
        if letter == what.variable or name in moved:
            continue
        if name == "n":
            symbols[name] = Type("natural")
        else:
            hypotheses.append(Relation(">", letter, ZERO))
        if name in ("p", "q") and what.kind == "mass":
            hypotheses.append(Relation("<", letter, ONE))
    if {"a", "b"} <= set(own) and what.distribution is not None and what.distribution.name == "uniform":
        hypotheses.append(Relation(">", own["b"], own["a"]))
    stated = [h for h in scope.hypotheses if what.variable not in walk(h)]
    return replace(
        scope,
        symbols=symbols,
        hypotheses=(*stated, *hypotheses),
        definitions={n: d for n, d in scope.definitions.items() if n in own},
        soft=(),
        substitutions=(),
    )
