"""A letter stands in its own slot: a number has itself as its index, a function itself as its argument.

`\\sum_{n=0}^N |z(n_n) - z_n|`: n counts, so it has no elements. `D_u F(F, b) = g(a, b) u`: what F is taken
at is a point, not F. A letter is told as an index only where a sign around it binds it; a function only where
the document applies it to other letters and the other side is about those. Named constants (`n_n`, the
density of neutrons) and iterates (`f(f(x))`) are left alone.
"""

from derive.classes import dataclass
from derive.form.binding import found_in
from derive.form.cause import cause
from derive.form.letters import scoped
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.nodes import Call, Element, Symbol, Term
from derive.term.traverse import walk

CODE, NAME = "DRV074", "own-slot"


@dataclass(frozen=True, slots=True)
class _Own:
    where: Term
    letter: Symbol


def check(case: Case) -> Diagnostic | None:
    if (answer := found_in(case, _index)) is not None:
        _, found = answer
        name = found.letter.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"${name}$ is bound here and counts: ${found.where.to_latex()}$ takes it for an array",
            span=case.locate(found.where),
        )
    if (answer := found_in(case, _argument)) is not None and _applied(case, answer[1].letter):
        _, found = answer
        name = found.letter.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"the function ${name}$ stands as its own argument in ${found.where.to_latex()}$",
            span=case.locate(found.where),
        )
    return None


def _index(term: Term, other: Term) -> _Own | None:
    for node, bound in scoped(term):
        match node:
            case Element(base=Symbol(name=name) as base, indices=indices) if (
                name in bound and base in indices
            ):
                return _Own(node, base)
            case _:
                pass
    return None


def _argument(term: Term, other: Term) -> _Own | None:
    for node in walk(term):
        match node:
            case Call(function=Symbol(name=name) as function, args=args) if (
                function in args and len(name) == 1 and not _by_itself(other, function)
            ):
                return _Own(node, function)
            case _:
                pass
    return None


def _by_itself(term: Term, letter: Symbol) -> bool:
    """Whether a side has the letter as a number too: `f(x; a, f) = a \\sin(f x)`."""
    nodes = list(walk(term))
    return nodes.count(letter) > sum(isinstance(n, Call) and n.function == letter for n in nodes)


def _applied(case: Case, letter: Symbol) -> bool:
    """Whether the section applies the letter to other things and never lets it stand by itself."""
    other_things = False
    for d in case.neighbours:
        if d.claim is None:
            continue
        for side in (d.claim.left, d.claim.right):
            for node in walk(side):
                if isinstance(node, Call) and node.function == letter:
                    if letter in node.args:
                        return False
                    other_things = True
    return other_things


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The error is\n\n$$E = \\Delta t \\sum_{n=0}^N |z(t_n) - n_n|$$\n",
        "The slope is $g(a, b) = 2a + b$. In the mean\n\n$$s(a, b) = \\frac{g(g, b) - g(b, a)}{2}$$\n",
    ),
    valid=(
        "The error is\n\n$$E = \\Delta t \\sum_{n=0}^N |z(t_n) - z_n|$$\n",
        "The slope is $g(a, b) = 2a + b$. In the mean\n\n$$s(a, b) = \\frac{g(a, b) - g(b, a)}{2}$$\n",
        "The density of all nucleons is\n\n$$n = n_p + n_n$$\n",
        "A fixed point of the second iterate: $f(f(x)) = x$.\n",
    ),
    when="structure",
)
