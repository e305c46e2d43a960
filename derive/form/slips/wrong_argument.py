"""A function is defined at a letter that its body lacks, and a letter of the body is bound by nothing.

`g(z) = \\max\\{0, x\\}`, `f(x, y) = x^2 + z`: exactly one letter is missing and exactly one too many, and
the one in the place of the other restores the balance; or, as in `V(t, t) = x + t`, one letter stands twice
where elsewhere it is `V(t, x)`. It is told where the letter is nowhere defined, no
parameter of the section and no letter of its text, or where the function is taken at that very letter
elsewhere. A constant function and a value that is only named
(`f(x) = y`, `f(x) = g(y)`) are left alone,
as are a letter that only the condition of a case has, and one that may depend on the time.
"""

from derive.classes import dataclass
from derive.form.binding import found_in, letters_of, mentioned, respelt
from derive.form.cause import cause
from derive.form.letters import alike, is_letter, values
from derive.form.told import loose, nowhere_else
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.contents import among
from derive.term.nodes import Call, Symbol, Term

CODE, NAME = "DRV072", "wrong-argument"
_TIME = "t"
"""What any letter may depend on without saying so: `y(t) = x^2` is of a state x(t)."""


@dataclass(frozen=True, slots=True)
class _Wrong:
    head: Call
    missing: Symbol
    stranger: Symbol
    doubled: bool = False


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation not in ("=", ":=") or (answer := found_in(case, _wrong)) is None:
        return None
    side, found = answer
    if side == 0:
        return None
    if found.doubled:
        if found.stranger not in _taken(case, found):
            return None
        new = found.stranger.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"${found.head.to_latex()}$ has ${found.missing.to_latex()}$ twice, where elsewhere it has "
            f"${new}$, which stands in what it is",
            span=case.claim.left_span,
        )
    if found.missing.name != _TIME and loose(case, found.stranger.name):
        why = "nothing says what it is"
    elif _elsewhere(case, found):
        why = f"elsewhere the function is taken at ${found.stranger.to_latex()}$"
    else:
        return None
    old, new = found.stranger.to_latex(), found.missing.to_latex()
    return case.finding(
        CODE,
        NAME,
        f"${found.head.to_latex()}$ is defined without ${new}$: ${old}$ stands in its place, and {why}",
        span=case.locate(found.stranger),
        fix=respelt(case, found.stranger, old, new),
    )


def _elsewhere(case: Case, found: _Wrong) -> bool:
    """Whether the function is taken at the stranger elsewhere, and the missing letter stands nowhere."""
    return found.stranger in _taken(case, found) and nowhere_else(case, found.missing.name)


def _taken(case: Case, found: _Wrong) -> set[Term]:
    """What the function is taken at in the other formulas, in the places of the missing letter."""
    slots = [k for k, a in enumerate(found.head.args) if a == found.missing]
    return {
        node.args[k]
        for _, claim in case.claims()
        for side in (claim.left, claim.right)
        for node in among(side, Call)
        if node != found.head and node.function == found.head.function
        if len(node.args) == len(found.head.args)
        for k in slots
    }


def _wrong(term: Term, other: Term) -> _Wrong | None:
    match other:
        case Call(function=Symbol(), args=args) if all(isinstance(a, Symbol) for a in args):
            pass
        case _:
            return None
    if isinstance(term, Symbol | Call):
        return None
    here, there = mentioned(term), mentioned(other)
    if len(args) > len(set(args)):
        return _doubled(term, other)
    small = {v.name for v in values(term)}  # `F(X) = 2x`: the variable for its value
    missing = [
        a
        for a in args
        if isinstance(a, Symbol) and not letters_of(a.name) & here
        if is_letter(a) or a.name.lower() in small
    ]
    if len(missing) != 1:
        return None
    (lost,) = missing
    strangers = [s for s in values(term) if _exchanged(s, lost) and not letters_of(s.name) & there]
    return _Wrong(other, lost, strangers[0]) if len({s.name for s in strangers}) == 1 else None


def _exchanged(a: Symbol, b: Symbol) -> bool:
    return alike(a.name, b.name) or a.name.lower() == b.name.lower()


def _doubled(term: Term, other: Call) -> _Wrong | None:
    """`V(t, t) = x + t`, where V is taken at (t, x) elsewhere."""
    twice = [a for a in other.args if other.args.count(a) == 2]
    there = mentioned(other)
    strangers = {s.name: s for s in values(term) if not letters_of(s.name) & there}
    match twice:
        case [Symbol() as a, _]:
            for stranger in strangers.values():
                if _exchanged(stranger, a):
                    return _Wrong(other, a, stranger, doubled=True)
        case _:
            pass
    return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The rectifier is the function $g(z)=\\max\\{0, x\\}$.\n",
        "We look for the least value of\n\n$$f(z) = 3x^4 - 4x^3$$\n\n"
        "Where $0 < x < 1$ it is negative: $f(x) < 0$.\n",
        "We look at the paraboloid\n\n$$f(x, y) = x^2 + z^2$$\n",
        "The distribution of $X$ is\n\n$$F(X) = \\frac{1}{\\pi} \\arctan(x) + \\frac{1}{2}$$\n",
        "The value has $V(t, x) > 0$. We have\n\n$$V(t, t) = 3 t^2 + \\frac{x}{t + 1}$$\n",
    ),
    valid=(
        "The simple form is\n\n$$e(u) = n - \\frac{2t}{n}$$\n\nwhere t is the number of ties.\n",
        "The rectifier is the function $g(z)=\\max\\{0, z\\}$.\n",
        "A constant is $c(x) = \\pi^2$. With $z = 2$ as height, the plane is $f(x, y) = x + z$.\n",
        "The output is\n\n$$y(t) = x^2 + 1$$\n",
        "For a fixed $z$ we look at\n\n$$f(x, y) = x^2 + z^2$$\n",
        "The distance $d(x, y)$ is $y$ for some. We have\n\n$$d(x, x) = y - y + 0$$\n",
        "The line is $f(x) = y$, the gauge $f(x) = k + a$.\n",
        "The unit fires by\n\n"
        "$$h(x) = \\begin{cases} 1, & \\text{if } z > c \\\\ 0, & \\text{otherwise} \\end{cases}$$\n",
    ),
    when="structure",
)
