"""A function is defined at a letter that its body lacks, and a letter of the body is bound by nothing.

`g(z) = \\max\\{0, x\\}`, `f(x, y) = x^2 + z`: exactly one letter is missing and exactly one too many, and
the one in the place of the other restores the balance. It is told where the letter is nowhere defined, no
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


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation not in ("=", ":=") or (answer := found_in(case, _wrong)) is None:
        return None
    side, found = answer
    if side == 0:
        return None
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
    at = found.head.args.index(found.missing)
    taken = {
        node.args[at]
        for _, claim in case.claims()
        for side in (claim.left, claim.right)
        for node in among(side, Call)
        if node.function == found.head.function and len(node.args) > at
    }
    return found.stranger in taken and nowhere_else(case, found.missing.name)


def _wrong(term: Term, other: Term) -> _Wrong | None:
    match other:
        case Call(function=Symbol(), args=args) if all(isinstance(a, Symbol) for a in args):
            pass
        case _:
            return None
    if isinstance(term, Symbol | Call):
        return None
    here, there = mentioned(term), mentioned(other)
    missing = [a for a in args if isinstance(a, Symbol) and is_letter(a) and not letters_of(a.name) & here]
    if len(missing) != 1:
        return None
    (lost,) = missing
    strangers = [s for s in values(term) if alike(s.name, lost.name) and not letters_of(s.name) & there]
    return _Wrong(other, lost, strangers[0]) if len({s.name for s in strangers}) == 1 else None


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
    ),
    valid=(
        "The simple form is\n\n$$e(u) = n - \\frac{2t}{n}$$\n\nwhere t is the number of ties.\n",
        "The rectifier is the function $g(z)=\\max\\{0, z\\}$.\n",
        "A constant is $c(x) = \\pi^2$. With $z = 2$ as height, the plane is $f(x, y) = x + z$.\n",
        "The output is\n\n$$y(t) = x^2 + 1$$\n",
        "For a fixed $z$ we look at\n\n$$f(x, y) = x^2 + z^2$$\n",
        "The line is $f(x) = y$, the gauge $f(x) = k + a$.\n",
        "The unit fires by\n\n"
        "$$h(x) = \\begin{cases} 1, & \\text{if } z > c \\\\ 0, & \\text{otherwise} \\end{cases}$$\n",
    ),
    when="structure",
)
