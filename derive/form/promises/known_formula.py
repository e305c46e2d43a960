"""A formula that has a name is written with one slip.

The variance of `aX + b` is `a^2 Var(X)`, the transform of `e^{-at}` is `1/(s + a)`. A law is taken for meant
where the left side is the law's up to the names of letters, and, where that tells too little, the text names
it. The right side is decided against the law's, by every convention (a rate or a scale, one as the first
number or none) and however its other letters are named. What differs is told where one small edit makes it
the law. Other formulas, special cases, and what the text defines, supposes or denies are left alone.
"""

from __future__ import annotations

from derive.classes import dataclass
from derive.form.cause import cause
from derive.form.known.comparing import Instance, agrees, instances, mend_of, one_for_another, stated
from derive.form.known.nearby import Words, may_be_told, nearby
from derive.form.known.reading import laws_for, letters
from derive.mend.case import GOOD, Case
from derive.model import Diagnostic, Status
from derive.term.nodes import Apply, Probability, Term
from derive.term.traverse import walk

CODE, NAME = "DRV060", "known-formula"
_DEAREST = 2.0
_SIGN = {"=": "=", "<=": "\\le"}
_SIZES = ("abs", "cardinality")


@dataclass(frozen=True, slots=True)
class _Against:
    instance: Instance
    right: Term


def check(case: Case) -> Diagnostic | None:
    # that a bound is not refuted says little of it
    if case.verdict.status in GOOD and (case.verdict.status, case.claim.relation) != (Status.HOLDS, "<="):
        return None
    if not _opens(case):
        return None
    for against in _refuted(case, nearby(case)):
        law = against.instance.law
        if law.names_only and not against.instance.own:
            continue  # `A = \pi d^2 / 4` is another letter, not a slip
        if len(letters(against.right)) != len(letters(against.instance.right)):
            continue  # a special case
        mend = mend_of(case, against.instance, against.right)
        small = mend is not None and mend.edit is not None and mend.edit.cost <= _DEAREST
        if not small and not one_for_another(case, against.instance, against.right):
            continue
        left = against.instance.left.to_latex()
        right = against.instance.right.to_latex()
        if against.instance.own:
            left, right = law.known.left, law.known.right
        return case.finding(
            CODE,
            NAME,
            f"{law.known.name} reads ${left} {_SIGN[law.known.relation]} {right}$",
            fix=mend.fix if small and mend is not None and not _of_events(against.right) else None,
            notes=(f"{law.known.name}: {law.known.reference}",) if law.known.reference else (),
        )
    return None


def _of_events(term: Term) -> bool:
    """The smallest edit of an event is seldom what its author meant."""
    return any(isinstance(n, Probability) or (isinstance(n, Apply) and n.head in _SIZES) for n in walk(term))


def _opens(case: Case) -> bool:
    """Whether the claim brings its left side in: a later link of a chain speaks of the link before."""
    claim = case.claim
    return claim.left_span is None or claim.left_span.start >= claim.span.start


def _refuted(case: Case, words: Words) -> list[_Against]:
    """The laws that are meant and that the right side differs from; none if it is one of them."""
    found: list[_Against] = []
    said = stated(case.claim)
    if not said:
        return []
    for law in laws_for(case.claim.latex, words.name):
        for one in said:
            for instance in instances(law, one, case.claim.scope):
                status = agrees(case, instance, one.right)
                if status in GOOD:
                    return []
                if status is Status.REFUTED and one is said[0]:
                    found.append(_Against(instance, one.right))
    return found if found and may_be_told(case, words) else []


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "By inclusion and exclusion $|A \\cup B| = |A| + |B| + |A \\cap B|$.\n",
        "The Laplace transform of the decay is $$\\mathcal{L}\\{e^{-at}\\} = \\frac{1}{s-a}.$$\n",
        "The mean of the beta distribution is $$\\mathbb{E}[X] = \\frac{\\alpha}{\\alpha-\\beta}.$$\n",
    ),
    valid=(
        "We have $\\operatorname{Var}(aX+b) = a^2\\operatorname{Var}(X)$ for constants $a$ and $b$.\n",
        "The Laplace transform of the growth is $$\\mathcal{L}\\{e^{at}\\} = \\frac{1}{s-a}.$$\n",
        "The mean of the beta distribution is $$\\mathbb{E}[X] = \\frac{\\alpha}{\\alpha+\\beta}.$$\n",
    ),
    when="any",
)
