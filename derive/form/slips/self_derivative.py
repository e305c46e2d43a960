"""A derivative of a symbol by itself stands where that of another quantity belongs.

`\\partial\\theta/\\partial\\theta` is 1 whatever the model, so it says nothing. Where the lines around it
differentiate another quantity by the same symbol, one letter was repeated. It is told even where both
sides happen to agree, and where it is a side of an equation of a field, whose other side has slopes of the
same quantity. An identity that is about it (`\\frac{\\partial x}{\\partial x} = 1`) and implicit
differentiation, where it stands beside other derivatives, are left alone.
"""

from collections import Counter

from derive.classes import replace
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Fix, Status
from derive.term.contents import among
from derive.term.nodes import Apply, Derivative, Number, Symbol, Term

CODE, NAME = "DRV004", "self-derivative"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    found = [d for side in (claim.left, claim.right) for d in _derivatives(side)]
    own = [d for d in found if _by_itself(d)]
    if not own or _is_one(claim.right) or _is_one(claim.left):
        return None
    others = [d for d in found if not _by_itself(d)]
    if others:
        return _field(case, own[0], others) if len(own) == 1 else None
    if claim.left != own[0] and case.verdict.status is Status.PROVED:
        return None
    variable = own[0].variables[0][0]
    bodies: Counter[Term] = Counter()
    for entry in case.neighbours:
        if entry.claim is not None:
            for side in (entry.claim.left, entry.claim.right):
                for d in _derivatives(side):
                    if not _by_itself(d) and [v for v, _ in d.variables] == [variable]:
                        bodies[d.body] += 1
    if not bodies:
        return None
    meant = bodies.most_common(1)[0][0]
    name, letter = variable.to_latex(), meant.to_latex()
    where = case.locate(own[0].body)
    return case.finding(
        CODE,
        NAME,
        f"${own[0].to_latex()}$ is 1 whatever ${name}$ is: "
        f"${letter}$ belongs where the upper ${name}$ stands",
        span=case.locate(own[0]),
        fix=Fix(letter, f"put ${letter}$ in the place of ${name}$", where) if where is not None else None,
        correct=case.with_sides(replace(own[0], body=meant), claim.right),
    )


def _field(case: Case, own: Derivative, others: list[Derivative]) -> Diagnostic | None:
    """`\\frac{\\partial T}{\\partial T} = a \\frac{\\partial^2 T}{\\partial x^2}`: alone on its side, of what
    the other side differentiates, and nothing is differentiated by it."""
    side = next((s for s in (case.claim.left, case.claim.right) if s == own), None)
    by = {v for d in others for v, _ in d.variables}
    if side is None or own.body in by or any(d.body != own.body for d in others):
        return None
    if not all(isinstance(v, Symbol) for v in by):
        return None
    name = own.body.to_latex()
    return case.finding(
        CODE,
        NAME,
        f"${own.to_latex()}$ is 1 whatever ${name}$ is, and the other side has slopes of ${name}$: "
        f"another variable belongs where the lower ${name}$ stands",
        span=case.locate(own),
    )


def _derivatives(term: Term) -> list[Derivative]:
    return [t for t in among(term, Derivative)]


def _by_itself(d: Derivative) -> bool:
    return isinstance(d.body, Symbol) and len(d.variables) == 1 and d.variables[0][0] == d.body


def _is_one(term: Term) -> bool:
    match term:
        case Number(value=value):
            return value in (0, 1)
        case Apply(head="identity" | "kronecker"):
            return True
        case Symbol(name="I" | "\\mathbf{I}" | "\\mathbb{I}"):
            return True
        case _:
            return False


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $E(t, p) = (t - p)^2$ and $p = w^2$.\n\n"
        "$$\\frac{\\partial E}{\\partial w} = -4 (t - p) w$$\n\n"
        "$$\\frac{\\partial w}{\\partial w} = -4 (t - p) w$$\n",
        "The heat equation is\n\n"
        "$$\\frac{\\partial T}{\\partial T} = a \\frac{\\partial^2 T}{\\partial x^2}$$\n",
    ),
    valid=(
        "The heat equation is\n\n"
        "$$\\frac{\\partial T}{\\partial t} = a \\frac{\\partial^2 T}{\\partial x^2}$$\n",
        "By the chain rule\n\n$$\\frac{\\partial u}{\\partial u} = \\frac{\\partial u}{\\partial x} "
        "\\frac{\\partial x}{\\partial u}$$\n",
        "Implicitly, $\\frac{d x}{d x} + \\frac{d y}{d x} = 0$.\n",
        "Of course $\\frac{\\partial w}{\\partial w} = 1$, "
        "and with $E = w^2$, $\\frac{\\partial E}{\\partial w} = 2w$.\n",
    ),
    when="any",
)
