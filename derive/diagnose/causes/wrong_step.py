"""The claim is refuted, and no single edit of the kinds that the checker knows mends it.

The counterexample says where it fails; what was meant is left to the reader. Most slips are one small edit
away from what is right. Where none mends the line and the line rests on what stands around it, the
checker may have misunderstood the surroundings: then this is only a note, unless the sides around agree.
"""

from derive.diagnose.causes.earlier_error import slip_before
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Claim, Diagnostic, Severity, Stance, Status
from derive.term.nodes import Apply, Call, Derivative, Element, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV199", "wrong-step"


def check(case: Case) -> Diagnostic | None:
    step = case.claim.stance is Stance.ASSERTED
    message = "this does not follow from the side before it" if step else "the two sides differ"
    severity = _severity(case)
    notes: tuple[str, ...] = ()
    if severity is Severity.INFO and _agree_around(case):
        severity, notes = Severity.WARNING, ("the side behind it is equal to the side before it",)
    return case.finding(CODE, NAME, message, span=case.claim.span, severity=severity, notes=notes)


def _agree_around(case: Case) -> bool:
    """Whether the chain comes back to what the side before the claim is: whatever its letters are, the one
    between is the odd one."""
    if case.claim.relation != "=":
        return False
    for k in range(case.index + 1, len(case.decided)):
        behind = case.decided[k]
        if (
            behind.claim is None
            or behind.claim.relation != "="
            or behind.verdict.status is not Status.REFUTED
        ):
            return False
        slip = slip_before(case.at(k))
        if slip is not None:
            return slip is case.entry
        if behind.claim.formula != case.claim.formula:
            return False
    return False


def _severity(case: Case) -> Severity:
    """An error where the line says by itself all that its meaning needs, a warning where it rests on
    functions that the text defines, or speaks of arrays whose shapes the text gives, or a moment of
    what the text gives a distribution; a note where it rests on what was assumed or put in or was defined in
    a section before, on functions or sequences of which the text may know more than it says in formulas, or
    may be read in several ways."""
    claim = case.claim
    if _of_declared_arrays(claim) or "moments" in case.verdict.evidence:
        return Severity.WARNING
    symbols = {**free_symbols(claim.left), **free_symbols(claim.right)}
    scope = claim.scope
    used = [scope.definitions[n] for n in symbols if n in scope.definitions]
    arrays = any(s.type.shape != () for s in symbols.values())
    if len(claim.readings) > 1 or scope.hypotheses or scope.substitutions or arrays:
        return Severity.INFO
    if any(d.kind == "symbol" or d.earlier for d in used) or _said_anew(claim.left, scope):
        return Severity.INFO
    if used:
        return Severity.WARNING
    if any(isinstance(t, Call | Element) for side in (claim.left, claim.right) for t in walk(side)):
        return Severity.INFO
    return Severity.ERROR


def _of_declared_arrays(claim: Claim) -> bool:
    """A derivative of something explicit or a law of arrays, every array in it declared by a set or in
    words."""
    scope: Scope = claim.scope
    law = any(step.rule == "asserted/arrays" for step in claim.trail)
    if (
        not (law or any(_is_derivative(n) for n in walk(claim.left)))
        or len(claim.readings) > 1
        or scope.substitutions
    ):
        return False
    names: set[str] = set()
    stack = [*free_symbols(claim.left), *free_symbols(claim.right)]
    while stack:
        name = stack.pop()
        if name not in names:
            names.add(name)
            definition = scope.definitions.get(name)
            if definition is not None and definition.earlier:
                return False
            stack += free_symbols(definition.body) if definition is not None else ()
    arrays = [n for n in names if (kind := scope.symbols.get(n)) is not None and kind.shape]
    return bool(arrays) and all(
        n in scope.definitions or ((o := scope.origin(n, claim.span.start)) is not None and o.how in _GIVEN)
        for n in arrays
    )


_GIVEN = ("set", "words")


def _is_derivative(node: Term) -> bool:
    return isinstance(node, Derivative) or (isinstance(node, Apply) and node.head in ("grad", "hessian"))


def _said_anew(left: Term, scope: Scope) -> bool:
    """`f(x) = …` for an f that is defined: the text may speak of another one by now."""
    return (
        isinstance(left, Call)
        and isinstance(left.function, Symbol)
        and left.function.name in scope.definitions
        and all(isinstance(a, Symbol) for a in left.args)
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$a + b = b + a = a^3 + 7 b - \\sin b$$\n",),
    valid=("We get\n\n$$a + b = b + a = b - (-a)$$\n",),
)
