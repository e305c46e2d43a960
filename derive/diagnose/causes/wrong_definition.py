"""A definition is off by one small edit: with it, the steps that are made from it hold.

No edit of the step itself mends it, one edit of a definition that it rests on does, and whatever else was
proved from that definition still holds. The finding stands at the definition and names the step.
"""

from collections.abc import Iterator

from derive.classes import replace
from derive.form.cause import cause
from derive.mend.case import GOOD, Case
from derive.mend.edits import Edit, edits
from derive.mend.mending import fix_of
from derive.mend.rewrites import Vocabulary
from derive.mend.triviality import trivial
from derive.model import Claim, Decided, Diagnostic, Label, Severity, Stance
from derive.term.nodes import Term
from derive.term.scope import Definition, Reading, Scope
from derive.term.traverse import free_symbols
from derive.verify.ladder.question import is_costly

CODE, NAME = "DRV117", "wrong-definition"
_DEAREST = 1.75
_WITNESSES = 4
_DEFINES = (Stance.DEFINES, Stance.ASSUMES, Stance.OPEN)
"""What the text may define by it, where the letter had another value before."""
_NEAR = 10
"""How many relations back a definition may stand that one step tells against: further on its letter may have
come to stand for something else."""


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if not case.asserted or not case.refuted or claim.scope.substitutions or case.mend is not None:
        return None
    if is_costly(claim.left, claim.right):
        return None
    for definition, place in _definitions(case):
        found = _mended(case, definition, place)
        if found is None:
            continue
        edit, mended = found
        return case.finding(
            CODE,
            NAME,
            f"a step below does not follow from this: it would with ${edit.new.to_latex()}$ in the place of "
            f"${edit.old.to_latex()}$",
            severity=Severity.WARNING,
            span=mended.right_span or place.span,
            labels=(Label(claim.span, "the step"),),
            fix=fix_of(mended, edit),
        )
    return None


def _definitions(case: Case) -> Iterator[tuple[Definition, Decided]]:
    """The definitions of this section that the claim rests on, with where they stand, nearest first."""
    scope: Scope = case.claim.scope
    names = _rests_on(case.claim)
    for entry in reversed(case.decided[max(0, case.index - _NEAR) : case.index]):
        claim = entry.claim
        if claim is None or claim.stance not in _DEFINES or claim.right_span is None:
            continue
        for name in names:
            definition = scope.definitions.get(name)
            if definition is None or definition.law is not None or definition.earlier:
                continue
            if definition.body == claim.right and definition.span == claim.left.span:
                yield definition, entry


def _rests_on(claim: Claim) -> set[str]:
    """The names in a claim, through their definitions."""
    scope: Scope = claim.scope
    found: set[str] = set()
    stack = [*free_symbols(claim.left), *free_symbols(claim.right)]
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            if name in scope.definitions:
                stack.extend(free_symbols(scope.definitions[name].body))
    return found


def _mended(case: Case, definition: Definition, place: Decided) -> tuple[Edit, Claim] | None:
    own = place.claim
    assert own is not None
    words = replace(case.words, fresh=frozenset())
    witnesses = [
        d.claim
        for d in case.decided
        if d.claim is not None
        and d.verdict.status in GOOD
        and d.claim.scope.definitions.get(definition.name) == definition
        and definition.name in _rests_on(d.claim)
    ][:_WITNESSES]
    for edit in _tried(definition.body, words, case.mender.of_a_definition):
        changed = _under(case.claim, definition, edit.term)
        if trivial(changed.left, changed.right) or not case.holds(changed):
            continue
        if all(case.holds(_under(w, definition, edit.term)) for w in witnesses):
            return edit, own
    return None


def _tried(body: Term, words: Vocabulary, limit: int) -> list[Edit]:
    """The edits of a definition that are tried, in order. With arrays every letter could stand for every
    other, and the likelier slips come first: signs, factors, transposes."""
    arrays = any(s.type.shape for s in free_symbols(body).values())
    found = edits((body, body), words, left=False, limit=4 * limit if arrays else limit)
    if arrays:
        found.sort(key=lambda e: (e.kind == "wrong-symbol", e.cost))
    return [e for e in found if e.cost <= _DEAREST][:limit]


def _under(claim: Claim, definition: Definition, body: Term) -> Claim:
    """The claim with another body in the place of a definition's."""
    scope: Scope = claim.scope
    definitions = {**scope.definitions, definition.name: replace(definition, body=body)}
    readings = claim.readings or (Reading((claim.left, claim.right)),)
    return replace(claim, scope=replace(scope, definitions=definitions), readings=readings)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $L(p) = -y \\exp p - (1 - y) \\log(1 - p)$. Then\n\n"
        "$$L'(p) = -\\frac{y}{p} + \\frac{1 - y}{1 - p} = \\frac{p - y}{p (1 - p)}$$\n",
    ),
    valid=(
        "Let $L(p) = -y \\log p - (1 - y) \\log(1 - p)$. Then\n\n"
        "$$L'(p) = -\\frac{y}{p} + \\frac{1 - y}{1 - p} = \\frac{p - y}{p (1 - p)}$$\n",
    ),
)
