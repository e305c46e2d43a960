"""What a verdict rests on, in words for a reader who knows no code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derive.model import Verdict
from derive.reasons import Reason, Why
from derive.report.full import counterexample
from derive.report.reasons import reason_text
from derive.report.symbols import values

_METHODS = {
    "structural equality": "with the definitions put in, both sides are the same expression",
    "the same statement": "both sides are the same statement",
    "normal form": "multiplied out and put in one standard order, both sides are the same",
    "normal form of arrays": (
        "multiplied out and put in one standard order, with vectors and matrices kept in theirs, "
        "both sides are the same"
    ),
    "normal form, entry by entry": "worked out entry by entry, both sides are the same",
    "normal form of joint probabilities": (
        "written in the probabilities of all variables together, both sides are the same"
    ),
    "evaluation": "both sides were worked out exactly, and are the same",
    "evaluation in ball arithmetic": (
        "both sides were worked out with bounds on the error, which settle the comparison"
    ),
    "isolated real roots": "all real solutions were found and compared",
    "Taylor coefficients": "the coefficients of both series are the same as far as they are written",
    "limit of the ratio": "the ratio of both sides has the limit that is claimed",
    "all residues": "every remainder was tried",
    "contraposition": "the converse of the contraries was proved",
    "both implications": "each side was proved to follow from the other",
}
_POINTS = "exact values that everything in force allows"


def plainly(reason: Reason | None) -> str:
    """A reason for a reader who does not know its codes."""
    if reason is None:
        return "no reason is known"
    names = ", ".join(reason.args)
    match reason.code:
        case Why.NO_DEFINITION if names:
            return f"nothing in the text tells what {names} is"
        case Why.NO_DEFINITION if reason.inner is not None:
            told = reason_text(reason.inner)
            article = "" if told.startswith(("the ", "where ", "whether ")) else "the "
            return f"nothing in the text tells {article}{told}"
        case Why.CONSTRAINT:
            return "something that the text supposes, or leaves unsaid, may make it right" + (
                f" ({names})" if names else ""
            )
        case Why.UNSUPPORTED if reason.inner is not None:
            return f"it has something in it that there is no rule for here: {reason_text(reason.inner)}"
        case Why.BUDGET | Why.TIME:
            return "finding out would have cost too much"
        case Why.CONDITION if reason.inner is not None:
            return plainly(reason.inner)
        case Why.STATES_NOTHING:
            return "it states nothing"
        case Why.CONDITION:
            return "a condition, a definition or a model"
        case Why.HEADING:
            return "it stands in a heading"
        case Why.PRECISION | Why.ROUNDING:
            return "the digits given do not settle it"
        case Why.OPEN_NOTATION:
            return "it is true in one reading and false in another that is as good"
        case _:
            return reason_text(reason)


def evidence_words(verdict: Verdict) -> tuple[str, ...]:
    """Sentences, the weightiest first; none where nothing was tried."""
    evidence = verdict.evidence
    rows: list[str] = []
    if verdict.counterexample is not None:
        rows.append(f"{counterexample(verdict.counterexample)} ({_POINTS})")
    for key in ("not_an_identity", "refuted_as_it_stands", "without"):
        inner = evidence.get(key)
        if isinstance(inner, Mapping) and verdict.counterexample is None:
            rows += _of(inner)
    rows += [] if verdict.counterexample is not None else _of(evidence)
    rows += _beside(evidence.get("not_an_identity", evidence))
    rows += _second(evidence.get("second_reader"))
    if verdict.conditions:
        rows.append("it needs " + "; ".join(verdict.conditions))
    return tuple(dict.fromkeys(rows))


def _of(evidence: Mapping[str, Any]) -> list[str]:
    match evidence.get("kind"):
        case "proof":
            method = str(evidence.get("method", "proof"))
            return [_METHODS.get(method, f"a proof was found by this means: {method}")]
        case "models":
            withstood = evidence.get("withstood")
            return [f"it was tried at {values(withstood)}, and is true at each"] if withstood else []
        case "chain":
            return ["each link was looked at by itself"]
        case "counterexample":
            return _shown(evidence)
        case _:
            return []


def _shown(evidence: Mapping[str, Any]) -> list[str]:
    shown = evidence.get("shown")
    if not isinstance(shown, Mapping):
        return []
    point = ", ".join(f"{name} = {value}" for name, value in dict(shown.get("point", {})).items())
    sides = f"the left side is {shown.get('left')}, the right side {shown.get('right')}"
    return [f"at {point} {sides} ({_POINTS})" if point else sides]


def _beside(evidence: Any) -> list[str]:
    if not isinstance(evidence, Mapping):
        return []
    rows = []
    others = evidence.get("other_readings")
    if isinstance(others, (list, tuple)) and others:
        many = f"each of the {len(others)} other readings" if len(others) > 1 else "the other reading"
        rows.append(f"it is false in {many} too")
    for put in evidence.get("substitution", ()):
        rows.append(f"{put['symbol']} was taken for {put['value']}, which stands in its place there")
    return rows


def _second(asked: Any) -> list[str]:
    if not isinstance(asked, Mapping):
        return []
    return [f"a second reader was asked; it reads {asked['reading']}, which was found {asked['verdict']}"]
