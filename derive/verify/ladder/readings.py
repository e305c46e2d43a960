"""From the verdicts on single links and readings to the verdict on what the author wrote.

A chain holds when all of its links do. Of several readings one proof suffices; an error takes a
refutation of every one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.classes import dataclass, replace
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason, Why
from derive.reasons.choices import Choice, Chosen
from derive.reasons.gaps import Gap


@dataclass(frozen=True, slots=True)
class Alternative:
    """One reading: the links of the chain under it, and the choices that led to it."""

    links: tuple[Claim, ...]
    choices: tuple[Choice, ...] = ()


def decide_readings(
    alternatives: Sequence[Alternative], decide_link: Callable[[Claim], Verdict], *, closed: bool = False
) -> Verdict:
    """Proved if one reading is; refuted only if all are; the best reading first.

    `decide_link` decides a claim by its first reading alone. closed: nothing else is known than what the
    claim's scope says, so a reading that needs a name without a definition is none where another makes sense.
    """
    verdicts: list[Verdict] = []
    for group in _groups(alternatives):
        found: list[Verdict] = []
        for alternative in group:
            links = [decide_link(link) for link in alternative.links]
            found.append(replace(conjunction(links), reading=alternative.choices))
        proof = next((v for v in found if v.status is Status.PROVED), None)
        if proof is not None and any(v.status is Status.REFUTED for v in found):
            found = [Verdict(Status.UNDECIDED, Reason(Why.OPEN_NOTATION), reading=proof.reading)]
        elif proof is not None:
            if verdicts and verdicts[0].status is Status.REFUTED and _second_hand(proof.reading):
                return replace(proof, status=Status.HOLDS, reason=Reason(Why.LESS_LIKELY_READING))
            return proof
        verdicts += found
    formed = [v for v in verdicts if v.status is not Status.ILL_FORMED]
    verdicts = formed or verdicts  # what does not fit is no reading where another does
    if any(v.status is Status.REFUTED for v in verdicts):
        verdicts = [v for v in verdicts if not (_ill_typed(v) or (closed and _nameless(v)))]
    for status in (Status.HOLDS, Status.UNDECIDED):
        for verdict in verdicts:
            if verdict.status is status:
                return verdict
    first, *others = verdicts
    if others:
        also = [{"reading": list(v.reading), **v.evidence} for v in others]
        first = replace(first, evidence={**first.evidence, "other_readings": also})
    return first


def _groups(alternatives: Sequence[Alternative]) -> list[list[Alternative]]:
    """Readings that differ in open notation alone stand together: a proof must hold for all of them."""
    groups: dict[tuple[Choice, ...], list[Alternative]] = {}
    for alternative in alternatives:
        settled = tuple(c for c in alternative.choices if c.kind not in OPEN_NOTATION)
        groups.setdefault(settled, []).append(alternative)
    return list(groups.values())


OPEN_NOTATION = frozenset(
    {
        Chosen.COMMA_OF_DECIMAL,
        Chosen.COMMA_OF_LIST,
        Chosen.MOD_IN_TURN,
        Chosen.MOD_OF_WHOLE_PRODUCT,
        Chosen.MOD_OF_LAST_TERM,
        Chosen.MOD_OF_WHOLE_SUM,
        Chosen.POWER_BEHIND_PARENTHESIS_OF_ARGUMENT,
        Chosen.POWER_BEHIND_PARENTHESIS_OF_VALUE,
    }
)
"""The choices that custom makes either way: no reading is the less likely one."""


def _second_hand(choices: tuple[Choice, ...]) -> bool:
    """`f(x - ct)` as a product where the application is the better reading, i in e^{ix} as a letter, the
    differentials of two integrals in the other order: too thin to prove what the better reading refutes."""
    return any(
        choice.kind in _SECOND_HAND or (choice.kind is Chosen.SYMBOL and choice.args in _UNITS)
        for choice in choices
    )


_UNITS = frozenset({("i",), ("e",)})
_SECOND_HAND = frozenset(
    {Chosen.TIMES_PARENTHESIS, Chosen.DIFFERENTIALS_TO_OUTER, Chosen.MOD_OF_FACTOR_ALONE}
)
_ILL_TYPED = frozenset(
    {
        Gap.SUM_OF_NUMBER_AND_ARRAY,
        Gap.FUNCTION_OF_MATRIX,
        Gap.COMPARISON_OF_DIFFERENT_SHAPES,
        Gap.ARRAY_OF_UNKNOWN_DIMENSION,
        Gap.COMPARISON_OF_VALUES_OF_DIFFERENT_KINDS,
        Gap.E_TO_POWER_OF_ARRAY,
        Gap.ARRAY_IN_POWER,
        Gap.FUNCTION,
        Gap.FUNCTION_BY_ITSELF,
        Gap.FUNCTION_H_AS_ENTROPY,
        Gap.FUNCTION_AS_DISTRIBUTION,
        Gap.DIVISION_BY_NO_NUMBER,
        Gap.DOTS,
    }
)


def _ill_typed(verdict: Verdict) -> bool:
    """Whether a reading makes no sense where another one does: σ(x) as a product when σ is a function."""
    reason = verdict.reason
    return (
        verdict.status is Status.UNDECIDED
        and reason is not None
        and reason.code is Why.UNSUPPORTED
        and reason.inner is not None
        and reason.inner.code in _ILL_TYPED
    )


def _nameless(verdict: Verdict) -> bool:
    return (
        verdict.status is Status.UNDECIDED
        and verdict.reason is not None
        and verdict.reason.code is Why.NO_DEFINITION
    )


def conjunction(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a chain from those on its links; of several, the worst speaks."""
    if len(verdicts) == 1:
        return verdicts[0]
    for status in (Status.ILL_FORMED, Status.REFUTED, Status.UNREAD, Status.UNDECIDED, Status.HOLDS):
        for k, verdict in enumerate(verdicts):
            if verdict.status is status:
                return replace(verdict, evidence={**verdict.evidence, "link": k})
    conditions = tuple(dict.fromkeys(c for v in verdicts for c in v.conditions))
    return Verdict(
        verdicts[0].status,
        conditions=conditions,
        evidence={"kind": "chain", "links": [v.evidence for v in verdicts]},
    )
