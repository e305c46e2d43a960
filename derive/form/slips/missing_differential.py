"""An integral with both bounds has no differential: over what is integrated is not said.

One without bounds is told where its body has the variable of another integral of the formula, which has
its differential. Integrals over a set or a manifold (`\\int_M \\omega`) are left alone, and so are as many as
there are variables, `\\int \\cdots \\int f \\, dx`.
"""

from collections.abc import Iterator

from derive.classes import fields
from derive.expressions import regex
from derive.facts.pieces import walk
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Severity, Span
from derive.notation import NotationError, read
from derive.notation.syntax import Integral, Juxtaposition, Name, Prefix, Syntax

CODE, NAME = "DRV008", "missing-differential"
_MANY = regex(r"\\[lc]?dots\b(?:\s|\\[,;!])*\\int(?![A-Za-z])")
"""As many integrals as there are variables: one differential stands for all."""


def check(case: Case) -> Diagnostic | None:
    """Looks at the formula's syntax, for such an integral may not have been read any further."""
    formula = case.claim.formula if case.entry.claim is not None else None
    latex, start = (formula.latex, None) if formula is not None else (case.entry.latex, case.entry.span.start)
    if "\\int" not in latex or _MANY.search(latex):
        return None
    try:
        display = read(latex, case.document.macros)
    except NotationError:
        return None
    variables = {n for i in _integrals(display) if i.sub is None for v in i.variables for n in _names(v)}
    for integral in _integrals(display):
        if integral.variables or integral.body is None or (integral.sub is None) != (integral.sup is None):
            continue
        if integral.sub is None and not _names(integral.body) & variables:
            continue
        if any(_differential(node) for node in walk((integral.body,))):
            continue  # `\\int_a^b P\\,dx + Q\\,dy`: a form
        where = formula.locate(integral.span) if formula is not None else integral.span.shift(start or 0)
        if where.end <= case.entry.span.start or where.start >= case.entry.span.end:
            if integral.sub is None:
                return None  # told once: an author who drops one in a chain drops the next as well
            continue
        return case.finding(
            CODE,
            NAME,
            "the integral has no differential",
            severity=Severity.WARNING,
            span=Span(where.start, where.end),
        )
    return None


def _differential(node: object) -> bool:
    if isinstance(node, Juxtaposition):
        return any(isinstance(f, Name) and f.name == "d" for f in node.factors[:-1])
    return isinstance(node, Prefix) and isinstance(node.operator, Name) and node.operator.name == "d"


def _names(node: Syntax) -> set[str]:
    return {n.name for n in walk((node,)) if isinstance(n, Name)}


def _integrals(node: object) -> Iterator[Integral]:
    if isinstance(node, Integral):
        yield node
    if isinstance(node, tuple):
        for item in node:
            yield from _integrals(item)
    elif hasattr(node, "__dataclass_fields__") and not isinstance(node, Span):
        for f in fields(node):  # type: ignore[arg-type]
            yield from _integrals(getattr(node, f.name))


_DENSITY = "With the density $\\rho(r) = 4 \\pi r$ the charge is\n\n"

CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        _DENSITY + "$$Q = \\int_0^R \\rho(r) r^2$$\n",
        "In parts,\n\n$$\\int u(x) v'(x)\\,dx = u(x) v(x) - \\int u'(x) v(x)$$\n",
    ),
    valid=(
        "The chance is $$p = \\int_0^1 \\cdots \\int_0^1 f(x_1, \\dots, x_n) \\, dx.$$\n",
        _DENSITY + "$$Q = \\int_0^R \\rho(r) r^2 \\, dr$$\n",
        _DENSITY + "$$Q = \\int_{0}^{R}{\\rho(r) r^2 dr} = \\int_{0}^{R} (\\rho(r) r^2 dr)$$\n",
        "The work along the path is\n\n$$W = \\int_a^b P \\, dx + Q \\, dy$$\n",
    ),
    when="formula",
)
