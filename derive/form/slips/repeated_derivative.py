"""One derivative is named twice where two belong.

"We seek `\\partial z/\\partial x` and `\\partial z/\\partial x`": two are sought, one is told. With y = f(z),
`\\frac{dy}{dx} = f'(z)`, `\\frac{dz}{dx} = a`, hence `\\frac{dy}{dx} = a f'(z)`: the first is by z.
Equations of motion, where a derivative is the other variable (`\\frac{dx}{dt} = v`), are left alone.
"""

from collections.abc import Iterator

from derive.expressions import regex
from derive.form.binding import in_doubt
from derive.form.cause import cause
from derive.form.known.nearby import nearby
from derive.mend.case import Case
from derive.model import Claim, Diagnostic, Fix, Formula, Prose
from derive.term.nodes import Derivative, Symbol, Term
from derive.term.traverse import free_symbols

CODE, NAME = "DRV015", "repeated-derivative"
_BETWEEN = regex(r"\s*,?\s*(?:and|or|as well as)(?: also| by)?\s*(?:the\s+)?")
_DERIVATIVE = regex(r"\\partial.*\\partial|\\frac\s*\{\s*(?:d|\\mathrm\s*\{?\s*d)\W?")


def check(case: Case) -> Diagnostic | None:
    if case.entry.claim is None:
        return _listed(case)
    return (_chained(case) or _of_a_system(case)) if in_doubt(case) else None


def _listed(case: Case) -> Diagnostic | None:
    """A formula that is a derivative and nothing else, behind the same one and "and"."""
    latex = "".join(case.entry.latex.split())
    if not _DERIVATIVE.search(latex) or not case.index:
        return None
    for first, words, second in _neighbours(case):
        if second.span != case.entry.span or "".join(first.latex.split()) != latex:
            continue
        if _BETWEEN.fullmatch(words.text):
            return case.finding(
                CODE,
                NAME,
                f"${second.latex.strip()}$ is named twice: another belongs beside it",
                span=second.span,
            )
    return None


def _neighbours(case: Case) -> Iterator[tuple[Formula, Prose, Formula]]:
    for block in case.document.blocks:
        if not (block.span.start <= case.entry.span.start < block.span.end):
            continue
        for a, b, c in zip(block.parts, block.parts[1:], block.parts[2:], strict=False):
            if isinstance(a, Formula) and isinstance(b, Prose) and isinstance(c, Formula):
                yield a, b, c


def _chained(case: Case) -> Diagnostic | None:
    claim = case.claim
    named = _ordinary(claim.left)
    if named is None or claim.formula is None or claim.relation != "=":
        return None
    body, variable = named
    others = [
        e.claim
        for e in case.decided[case.index + 1 : case.index + 6]
        if e.claim is not None and e.claim.formula is claim.formula and e.claim.section == claim.section
    ]
    middle = next((c for c in others if _links(c, body, variable, claim)), None)
    if middle is None:
        return None
    again = [c for c in others[others.index(middle) + 1 :] if c.left == claim.left and c.right != claim.right]
    between, _ = _ordinary(middle.left) or (None, None)
    if not again or between is None:
        return None
    new, old = between.to_latex(), variable.to_latex()
    assert isinstance(claim.left, Derivative)
    where = case.locate(claim.left.variables[0][0])
    return case.finding(
        CODE,
        NAME,
        f"${claim.left.to_latex()}$ is given two values: the first, in ${new}$, is the derivative by ${new}$",
        span=case.locate(claim.left),
        fix=Fix(new, f"put ${new}$ in the place of ${old}$", where) if where is not None else None,
    )


def _of_a_system(case: Case) -> Diagnostic | None:
    """Rows of one system of equations that give the same derivative, each in letters that the other lacks."""
    claim = case.claim
    if _ordinary(claim.left) is None or claim.formula is None or claim.relation != "=":
        return None
    before = [
        e.claim
        for e in case.decided[max(0, case.index - 4) : case.index]
        if e.claim is not None and e.claim.formula is claim.formula and e.claim.left_span is not None
    ]
    again = [c for c in before if c.left == claim.left and c.left_span != claim.left_span]
    if len(again) != 1 or case.document.source.text[again[0].span.end : claim.span.start].count("text"):
        return None
    first, second = (free_symbols(c.right).keys() for c in (again[0], claim))
    if first <= second or second <= first or not nearby(case).name(_SYSTEM):
        return None
    return case.finding(
        CODE,
        NAME,
        f"${claim.left.to_latex()}$ is given twice in one system, in other letters each time",
        span=case.locate(claim.left),
    )


_SYSTEM = (
    r"\b(?:system|coupled|pair|set|two|three)\b[\w\s,-]*\bequations\b"
    r"|\bequations of motion\b|\bhamilton'?s?\b"
)


def _ordinary(term: Term) -> tuple[Symbol, Symbol] | None:
    match term:
        case Derivative(body=Symbol() as body, variables=((Symbol() as variable, _),)):
            return body, variable
        case _:
            return None


def _links(other: Claim, body: Symbol, variable: Symbol, claim: Claim) -> bool:
    """Whether it is the derivative of the letter that the first value is in, by the same variable."""
    found = _ordinary(other.left)
    inside = free_symbols(claim.right)
    known = claim.scope.definitions.get(body.name)
    return (
        found is not None
        and known is not None
        and found[0].name in free_symbols(known.body)
        and found[1] == variable
        and found[0] != body
        and found[0].name in inside
        and variable.name not in inside
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $y = e^z$ and $z = -ax$. Then\n\n"
        "$$\\frac{dy}{dx} = e^z; \\quad \\frac{dz}{dx} = -a; \\quad \\text{hence} \\quad "
        "\\frac{dy}{dx} = -a e^{-ax}$$\n",
        "On the surface we seek $\\partial z/\\partial x$ and $\\partial z/\\partial x$.\n",
        "The law is a system of two first-order differential equations,\n\n"
        "$$\\begin{aligned} \\frac{dq}{dt} &= \\frac{p}{m}, \\\\ \\frac{dq}{dt} &= -k q. \\end{aligned}$$\n",
    ),
    valid=(
        "Let $y = e^z$ and $z = -ax$. Then\n\n"
        "$$\\frac{dy}{dz} = e^z; \\quad \\frac{dz}{dx} = -a; \\quad \\text{hence} \\quad "
        "\\frac{dy}{dx} = -a e^{-ax}$$\n",
        "On the surface we seek $\\partial z/\\partial x$ and $\\partial z/\\partial y$.\n",
        "The law is a system of two first-order differential equations,\n\n"
        "$$\\begin{aligned} \\frac{dq}{dt} &= \\frac{p}{m}, \\\\ \\frac{dp}{dt} &= -k q. \\end{aligned}$$\n",
        "Examples of growth are\n\n"
        "$$\\begin{aligned} \\frac{dq}{dt} &= a q, \\\\ \\frac{dq}{dt} &= a q - b. \\end{aligned}$$\n",
    ),
    when="formula",
)
