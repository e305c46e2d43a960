"""Certificates: what a verdict's `evidence` holds, as plain JSON data."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq

from derive.classes import replace
from derive.functions import FUNCTIONS
from derive.model import Claim, Counterexample, Status, Verdict
from derive.term.contents import among
from derive.term.nodes import Apply, Term
from derive.term.seal import sealed
from derive.term.serial import dump
from derive.term.traverse import free_symbols
from derive.verify.evaluate.balls import Comparison
from derive.verify.evaluate.display import exact_text, value_text
from derive.verify.evaluate.functions import Derived
from derive.verify.evaluate.functions import Sequence as Elements
from derive.verify.evaluate.values import Array, Gaussian
from derive.verify.models.hypotheses import flatten
from derive.verify.models.relevant import relevant
from derive.verify.models.search import Model

ELEMENTS = 16
HYPOTHESES = 24
"""How many hypotheses that bear on a claim a certificate holds."""


def refuted(left: Term, relation: str, right: Term, model: Model, found: Comparison, **more: Any) -> Verdict:
    """The verdict on a claim that fails in a model, with all that a replay needs.

    more: what else is evidence, left out where it is empty.
    """
    symbols = {**free_symbols(left), **free_symbols(right)}
    shown = {name: value for name, value in model.values.items() if name in symbols}
    point = tuple((name, exact_text(value)) for name, value in shown.items())
    evidence: dict[str, Any] = {
        "kind": "counterexample",
        "relation": relation,
        "left": left.to_latex(),
        "right": right.to_latex(),
        "terms": {"left": dump(left), "right": dump(right)},
        "domain": "complex" if model.complex else "real",
        "symbols": {name: _type(symbols[name].type) for name in shown},
        "point": {name: exact_json(value) for name, value in shown.items()},
        "precision": found.precision,
        "values": {"left": ball_json(found.left), "right": ball_json(found.right)},
        **{key: value for key, value in more.items() if value},
    }
    if spoken_of := _named_by_words(left, right):
        evidence["functions"] = spoken_of
    counterexample = Counterexample(point, value_text(found.left), value_text(found.right))
    return Verdict(Status.REFUTED, counterexample=counterexample, evidence=evidence)


def _named_by_words(*terms: Term) -> list[str]:
    """The functions whose letters mean them by the document's words alone: nobody could read them back."""
    heads = {n.head for t in terms for n in among(t, Apply)}
    return sorted(h for h in heads if h in FUNCTIONS and FUNCTIONS[h].letters)


def bound(claim: Claim, verdict: Verdict) -> Verdict:
    """The verdict with its counterexample bound to the text and the hypotheses of the claim."""
    found = verdict.counterexample
    if verdict.status is not Status.REFUTED or found is None:
        return verdict
    names = [*free_symbols(claim.left), *free_symbols(claim.right), *(name for name, _ in found.point)]
    hypotheses, _ = relevant(flatten(claim.scope.hypotheses), names)
    shown = {"point": dict(found.point), "left": found.left, "right": found.right}
    return replace(verdict, evidence=sealed(verdict.evidence, claim.latex, hypotheses[:HYPOTHESES], shown))


def _type(type_: Any) -> dict[str, Any]:
    shape = None if type_.shape is None else list(type_.shape)
    return {"domain": type_.domain, "shape": shape, "role": type_.role}


def exact_json(value: Any) -> Any:
    """An exact value of a model: `"3/4"`, `{"re", "im"}`, `{"shape", "items"}`, else its description."""
    match value:
        case bool():
            return value
        case int() | Fraction() | fmpq():
            return str(value)
        case Gaussian(re=re, im=im):
            return {"re": str(re), "im": str(im)}
        case tuple() if value and isinstance(value[0], tuple):
            flat = [exact_json(x) for row in value for x in row]
            return {"shape": [len(value), len(value[0])], "items": flat}
        case tuple():
            return {"shape": [len(value)], "items": [exact_json(x) for x in value]}
        case Elements(shape=(), family=None, fixed=fixed, rule=None) if not fixed:
            return {"first": 0, "items": [exact_json(value.exact_at((k,))) for k in range(ELEMENTS)]}
        case Derived(term=term):
            return {"term": term.to_latex(), "stored": dump(term)}
        case _:
            return {"description": exact_text(value)}


def ball_json(value: Any) -> Any:
    """A computed value: exact rationals as they are, balls as dyadic midpoint and radius."""
    match value:
        case None:
            return None
        case bool():
            return value
        case fmpq():
            return {"exact": str(value)}
        case arb():
            return {"mid": _dyadic(value.mid()), "rad": _dyadic(value.rad())}
        case acb():
            return {"re": ball_json(value.real), "im": ball_json(value.imag)}
        case Array(shape=shape, items=items):
            return {"shape": list(shape), "items": [ball_json(x) for x in items]}
        case tuple():
            return {"items": [ball_json(x) for x in value]}
        case _:
            return {"description": str(value)}


def _dyadic(exact: arb) -> str:
    """`m*2^e` of an exact ball, or what it prints as when it is not finite."""
    if not exact.is_finite():
        return str(exact)
    mantissa, exponent = exact.man_exp()
    return f"{int(mantissa)}*2^{int(exponent)}"
