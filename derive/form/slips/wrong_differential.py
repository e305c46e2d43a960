"""The variable of an integral is another than its place tells.

`p(x) = \\int p(x \\mid z) p(z)\\,dx` integrates over the variable that the left side is a function of and
leaves z over; `\\int_0^1 g(x)\\,ds = 1` has s nowhere else;
`F(x) = \\int_0^y f(y)\\,dy` has the variable of integration as its bound, and x nowhere. An
area under a curve, `F(x) = \\int_0^x f(x)\\,dx`, and a mean, `E[x] = \\int x p(x)\\,dx`, are custom.
"""

import re

from derive.classes import dataclass
from derive.form.binding import found_in, free_letters, letters_of, mentioned
from derive.form.cause import cause
from derive.form.letters import alike, scoped, values
from derive.form.told import nowhere_else
from derive.mend.case import Case
from derive.model import Diagnostic, Fix, Span
from derive.term.contents import among
from derive.term.nodes import Call, Expectation, Integral, Probability, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV012", "wrong-differential"


@dataclass(frozen=True, slots=True)
class _Wrong:
    node: Integral
    meant: Symbol
    bound: Term | None = None
    """The bound that is the variable of integration itself."""


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation not in ("=", ":="):
        return None
    if (answer := found_in(case, _integrated)) is not None:
        _, found = answer
        name, new = found.node.variable.to_latex(), found.meant.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"${name}$ is integrated over, though the other side is a function of it, "
            f"and ${new}$ is left over",
            span=case.locate(found.node),
            fix=_fix(case, found.node, new),
        )
    if (answer := found_in(case, _foreign)) is not None and nowhere_else(
        case, (found := answer[1]).node.variable.name
    ):
        name, new = found.node.variable.to_latex(), found.meant.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"${name}$ is integrated over and stands nowhere else; what is integrated has ${new}$",
            span=case.locate(found.node),
            fix=_fix(case, found.node, new),
        )
    if (answer := found_in(case, _bounded)) is not None:
        _, found = answer
        name, new = found.node.variable.to_latex(), found.meant.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"the bound ${name}$ is the variable of integration, and ${new}$ does not occur on this side",
            span=case.locate(found.node),
        )
    return None


def _definite(term: Term) -> list[Integral]:
    return [n for n in among(term, Integral) if (n.lower is not None or n.upper is not None)]


def _integrated(term: Term, other: Term) -> _Wrong | None:
    free = free_symbols(term)
    depends = _depends_on(other)
    elsewhere = free_letters(other)
    for node in _definite(term):
        v = node.variable
        if v.name in free or v.name not in depends:
            continue
        loose: dict[str, Symbol] = {}
        for call in walk(node.body):
            if isinstance(call, Call | Probability):
                given = call.given if isinstance(call, Probability) else ()
                beside = [a for a in (*call.args, *given) if isinstance(a, Symbol)]
                if v in beside:
                    loose |= {a.name: a for a in beside if a.name in free}
        loose = {n: s for n, s in loose.items() if not letters_of(n) & elsewhere}
        if len(loose) == 1:
            return _Wrong(node, next(iter(loose.values())))
    return None


def _foreign(term: Term, other: Term) -> _Wrong | None:
    """`\\int f(x)\\,dz`: nothing has the letter that is integrated over, and what is integrated has one."""
    for node, around in scoped(term):
        if not isinstance(node, Integral) or node.variable.name in mentioned(node.body, other):
            continue
        found = {s.name: s for s in values(node.body) if alike(s.name, node.variable.name)}
        definite = node.lower is not None or node.upper is not None or node.domain is not None
        beside = around | (free_letters(other) if definite else frozenset())
        if len(found) == 1 and not found.keys() & beside:
            return _Wrong(node, next(iter(found.values())))
    return None


def _depends_on(side: Term) -> frozenset[str]:
    """The variables that a side is plainly a function of: the arguments of a density or a function with a
    small letter, and the values that a mean is taken under."""
    match side:
        case Probability(function=Symbol(name=name), args=args, given=given):
            parts = (*args, *given)
        case Call(function=Symbol(name=name), args=parts):
            pass
        case Expectation(given=given) if given is not None:
            return frozenset(free_symbols(given))
        case _:
            return frozenset()
    head = name.split("_")[0].split("^")[0]
    if not (len(head) == 1 and head.islower()):
        return frozenset()
    return frozenset(a.name for a in parts if isinstance(a, Symbol))


def _bounded(term: Term, other: Term) -> _Wrong | None:
    if not isinstance(other, Call | Probability):
        return None
    here, elsewhere = mentioned(term), free_symbols(other)
    for node in _definite(term):
        v = node.variable
        bound = next((b for b in (node.upper, node.lower) if b == v), None)
        if bound is None or v.name in elsewhere:
            continue
        missing = [
            s
            for n, s in elsewhere.items()
            if len(n) == 1 and n.islower() and n not in here and _argument(s, other)
        ]
        if len(missing) == 1:
            return _Wrong(node, missing[0], bound)
    return None


def _argument(symbol: Symbol, side: Call | Probability) -> bool:
    return any(symbol.name in free_symbols(a) for a in side.args)


def _fix(case: Case, node: Integral, new: str) -> Fix | None:
    formula = case.claim.formula
    if formula is None or node.span is None or node.body.span is None:
        return None
    old, start = node.variable.name, node.body.span.start
    text = formula.latex[start : node.span.end]
    places = list(re.finditer(rf"(?<![\\A-Za-z])d\s*({re.escape(old)})(?![A-Za-z])", text))
    if len(places) != 1:
        return None
    span = formula.locate(Span(start + places[0].start(1), start + places[0].end(1)))
    return Fix(new, f"put ${new}$ in the place of ${node.variable.to_latex()}$", span)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The marginal density is\n\n$$p(x) = \\int_{-\\infty}^{\\infty} p(x \\mid z) p(z)\\,dx$$\n",
        "The distribution function is\n\n$$F(x) = P(X \\leq x) = \\int_{-\\infty}^y f(y)\\,dy$$\n",
        "A density has the whole\n\n$$\\int_0^1 g(x)\\,ds = 1$$\n",
    ),
    valid=(
        "The marginal density is\n\n$$p(x) = \\int_{-\\infty}^{\\infty} p(x \\mid z) p(z)\\,dz$$\n",
        "The distribution function is\n\n$$F(x) = P(X \\leq x) = \\int_{-\\infty}^x f(y)\\,dy$$\n",
        "At rest the way is $\\int_0^1 v\\,ds = v$, and $\\int_0^1 g(x)\\,dt = g(x)$.\n",
        "The mean is\n\n$$\\mu(x) = \\int_{-\\infty}^{\\infty} x p(x; \\theta)\\,dx$$\n",
    ),
    when="structure",
)
