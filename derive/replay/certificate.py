"""Replaying refutations: an evaluator of its own, small and plain, that shares nothing with the tower.

It reads the two sides and the point out of a report's evidence, evaluates both in complex ball
arithmetic by the shortest way, and says whether they are apart. It knows less than the tower (no
limits, no infinite sums) and says so: `not replayed` is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx

from derive.classes import dataclass
from derive.replay.evaluator import Evaluator, certain, certainly_fails
from derive.replay.exact import fails, rational
from derive.replay.stored import NotReplayed, ball, sides, stored, value_of
from derive.term.nodes import Constant, Relation, Term
from derive.term.seal import digest
from derive.term.traverse import free_symbols

VERSIONS = (1, 2)
"""Of reports; what they have of refutations is the same."""


@dataclass(frozen=True, slots=True)
class Replay:
    """status: `confirmed`, `contradicted`, `not replayed`; `detail` says why in words."""

    claim: str
    status: str
    detail: str


class Forged(Exception):
    """What is stored is not what is found here; the message says what."""


def verify_certificates(report: Mapping[str, Any]) -> list[Replay]:
    """Replay every refutation of a JSON report (as `--output-format json` writes it), in its order.

    Raises ValueError for a report of a version that is not known.
    """
    version = report.get("version", 1)
    if version not in VERSIONS:
        raise ValueError(f"version {version!r} of the report is not known")
    results = []
    for file in report.get("files", ()):
        for claim in file.get("claims", ()):
            if claim.get("verdict") == "refuted":
                name = f"{file.get('path', '?')}:{claim.get('id', claim.get('latex', '?'))}"
                evidence = claim.get("evidence") or {}
                if "text" in evidence and claim.get("latex", evidence["text"]) != evidence["text"]:
                    results.append(Replay(name, "contradicted", "the certificate is of another formula"))
                    continue
                results.append(replay(evidence, name))
    return results


def replay(evidence: Mapping[str, Any], name: str = "") -> Replay:
    """Confirm one counterexample: both sides at its point, as `evidence` of a refuted verdict has them."""
    if evidence.get("kind") != "counterexample":
        return Replay(name, "not replayed", "no counterexample in the evidence")
    try:
        if (fault := changed(evidence) or _violated(evidence)) is not None:
            return Replay(name, "contradicted", fault)
    except NotReplayed as why:
        return Replay(name, "contradicted", str(why))
    try:
        apart, detail = _replay(evidence)
    except Forged as why:
        return Replay(name, "contradicted", str(why))
    except NotReplayed as why:
        return _numerically(evidence, name, str(why))
    if not apart and "equal_by" in evidence:  # false because the sides are equal: they must not be apart
        return Replay(name, "confirmed", f"equal as far as the digits go, {detail}")
    return Replay(name, "confirmed" if apart else "contradicted", detail)


def changed(evidence: Mapping[str, Any]) -> str | None:
    """What of a certificate does not agree with the rest of it: None where all does."""
    if evidence.get("digest") != digest(evidence):
        return "the certificate is not as it was made: text, hypotheses, point and values do not go together"
    if "counterexample" in evidence and evidence["counterexample"] != evidence.get("shown"):
        return "the counterexample that is shown is another one"
    for side in ("left", "right"):
        if stored(evidence["terms"][side]).to_latex() != evidence[side]:
            return f"the {side} side is stored as another term"
    for h in evidence.get("hypotheses", ()):
        if stored(h["term"]).to_latex() != h["text"]:
            return f"the hypothesis {h['text']} is stored as another term"
    return None


def _violated(evidence: Mapping[str, Any]) -> str | None:
    """The hypothesis that the point certainly does not fulfil, in words."""
    try:
        point = {str(k): value_of(v, evidence) for k, v in evidence["point"].items()}
    except NotReplayed:
        return None
    for h in evidence.get("hypotheses", ()):
        term = stored(h["term"])
        if not isinstance(term, Relation) or not free_symbols(term).keys() <= point.keys():
            continue
        try:
            if not Evaluator(point, evidence).holds(term):
                return f"the point does not fulfil {h['text']}"
        except (NotReplayed, ArithmeticError, ValueError, TypeError, AttributeError, RecursionError):
            continue
    return None


def _other_values(evidence: Mapping[str, Any], a: acb, b: acb) -> str | None:
    """Which of the stored values is not the one that is found here."""
    for side, value in (("left", a), ("right", b)):
        kept = _kept(evidence.get("values", {}).get(side))
        if kept is not None and kept.is_finite() and value.is_finite() and not kept.overlaps(value):
            return f"the stored value of the {side} side is another than {value.str(12)}"
    return None


def _kept(data: Any) -> acb | None:
    """A stored value as a ball, None where it is none."""
    match data:
        case {"exact": str(text)}:
            return ball(Fraction(text))
        case {"mid": str(mid), "rad": str(rad)} if "*2^" in mid and "*2^" in rad:
            return acb(_dyadic(mid) + arb(0, _dyadic(rad)))
        case {"re": re, "im": im}:
            x, y = _kept(re), _kept(im)
            return None if x is None or y is None else acb(x.real, y.real)
        case _:
            return None


def _dyadic(text: str) -> arb:
    mantissa, _, exponent = text.partition("*2^")
    return arb(int(mantissa)) * arb(2) ** int(exponent)


def _numerically(evidence: Mapping[str, Any], name: str, why: str) -> Replay:
    """What balls by the shortest way do not reach, in digits; never more than `confirmed`."""
    from derive.replay.numeric import NoNumber, apart

    if evidence.get("relation") not in ("=", "equiv", "<", "<=", ">", ">=") or "diverges" in evidence:
        return Replay(name, "not replayed", why)
    try:
        left, right = sides(evidence)
        point = {str(k): value_of(v, evidence) for k, v in evidence["point"].items()}
        different, detail = apart(left, right, point, str(evidence["relation"]))
    except NotReplayed as other:
        return Replay(name, "not replayed", str(other))
    except (
        NoNumber,
        ArithmeticError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
    ) as error:
        return Replay(name, "not replayed", f"{why}; {error}")
    if different:
        return Replay(name, "confirmed", f"numerically (mpmath, not enclosed): {detail}")
    return Replay(name, "not replayed", why)


def _replay(evidence: Mapping[str, Any]) -> tuple[bool, str]:
    left, right = sides(evidence)
    if evidence["relation"] in ("in", "notin"):
        return _replay_membership(evidence, left, right)
    if "printed" in evidence:
        return _replay_digits(evidence, left, right)
    point = {str(k): value_of(v, evidence) for k, v in evidence["point"].items()}
    relation = str(evidence["relation"])
    x, y = rational(left, point), rational(right, point)
    if x is not None and y is not None:
        if (other := _other_values(evidence, ball(x), ball(y))) is not None:
            raise Forged(other)
        if (false := fails(relation, x, y, _modulus(evidence))) is not None:
            return false, f"exactly: {x} against {y}"
    if "diverges" in evidence:
        return _replay_series(evidence, left, right)
    before = ctx.prec
    try:
        for bits in (64, 192, 640, 2048, 8192):
            ctx.prec = bits
            a, b = Evaluator(point, evidence).both(left, right)
            if (other := _other_values(evidence, a, b)) is not None:
                raise Forged(other)
            if certainly_fails(relation, a, b):
                return True, f"at {bits} bits: {a.str(12)} against {b.str(12)}"
            if certain(relation, a, b):
                break
        return False, f"at {bits} bits: {a.str(12)} against {b.str(12)}"
    finally:
        ctx.prec = before


def _modulus(evidence: Mapping[str, Any]) -> int | None:
    try:
        return int(evidence["modulus"])
    except (KeyError, ValueError, TypeError):
        return None


def _replay_series(evidence: Mapping[str, Any], left: Term, right: Term) -> tuple[bool, str]:
    """An infinite sum without a value: its terms do not shrink faster than those of the harmonic series."""
    from derive.replay.numeric import NoNumber, growing

    side = left if evidence["diverges"] == "left" else right
    point = {str(k): value_of(v, evidence) for k, v in evidence["point"].items()}
    try:
        return growing(side, point)
    except (NoNumber, ArithmeticError, ValueError, TypeError) as error:
        raise NotReplayed(f"a series: {error}") from None


def _replay_membership(evidence: Mapping[str, Any], left: Term, right: Term) -> tuple[bool, str]:
    """That a number is no integer, or is one; other sets are left out."""
    if not (isinstance(right, Constant) and right.name in ("Z", "N")):
        raise NotReplayed("a membership")
    point = {str(k): value_of(v, evidence) for k, v in evidence["point"].items()}
    value = Evaluator(point, evidence).number(left)
    outside = not value.imag.contains(0) or not value.real.contains_integer()
    outside = outside or (right.name == "N" and bool(value.real < 0))
    whole = bool(value.is_exact() and not outside)
    return (outside if evidence["relation"] == "in" else whole), value.str(12)


def _replay_digits(evidence: Mapping[str, Any], left: Term, right: Term) -> tuple[bool, str]:
    """A printed number against the other side: apart by more than one unit of its last place."""
    point = {str(k): value_of(v, evidence) for k, v in evidence["point"].items()}
    a, b = Evaluator(point, evidence).both(left, right)
    unit = ball(Fraction(evidence["printed"]["unit"])).real
    apart = bool(abs((a - b).real) > unit / 2)
    return apart, f"{a.str(12)} against {b.str(12)}, one unit of the last place is {unit.str(6)}"
