"""What the words between two relations say of them: one solves, inverts or follows from the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from derive.expressions import regex
from derive.form.solving.surroundings import Beside
from derive.rules import Answer, Rule, first


class Says(Enum):
    SOLVES = "solves"
    """It is called a solution, a root, a value at which the other holds."""
    VANISHES = "vanishes"
    """The other side of it, or its derivative, is set to zero, and this is what comes out."""
    INVERTS = "inverts"
    FOLLOWS = "follows"


_NEGATED = regex(
    r"\b(?:not|no|never|cannot|isn't|doesn't|neither|nor|without|wrong|contradict\w*|unless|guess|try|trial|"
    r"ansatz|suppose|assume|assuming|approximat\w*|roughly|numerical\w*|instead|perturb\w*|homogeneous|"
    r"complementary|particular|associated|linearised|linearized)\b",
    re.IGNORECASE,
)
"""What the words call by these names is another equation, or no solution."""
_SUPPOSED = regex(r"\b(?:suppose|assume|assuming|if|whether|imagine|were)\b", re.IGNORECASE)
"""What is only supposed to be a solution is data."""
_SOLUTION = (
    r"(?:solutions?|roots?|(?<!to )(?<!equals )zeros?|zeroes|fixed points?|steady states?|"
    r"equilibri(?:um|a)|closed form|solved by|satisfied by)"
)
_GIVES = r"(?:gives?|yields?|gets?|obtains?|finds?|results? in|leads? to)"
_BECOMES = r"(?:becomes?|turns into|reduces to|simplif(?:y|ies) to|takes the form)"
_DRAWN = (
    r"(?:so|so that|hence|thus|therefore|then|consequently|whence|giving|yielding|implying|that is|i\.e\.|"
    r"equivalently|or|or equivalently|it follows|"
    r"(?:which|this|it) (?:(?:in turn|then|now|also|again|can be|\w+ly) )*(?:gives|yields|implies|means|"
    r"simplifies to|reduces to|becomes|is equivalent to|leads to|simplified to|"
    r"rewritten as|written as|rearranged to)|"
    r"(?:dividing|multiplying|rearranging|simplifying|collecting|subtracting|adding|squaring|factori[sz]ing|"
    r"expanding|cancell?ing|inverting|taking (?:\w+ ){0,2}(?:logs?|logarithms?|reciprocals?|inverses?|roots?|"
    r"exponentials?|complements?))\b(?:\s+#)?(?:[^.;:#]|\b(?:by|with|of|from|over|to|out|add|subtract) #)*|"
    r"成立\W*即|即|因此|所以|故|于是|从而)"
)
_WORKED = (
    r"(?:divid|multiply|rearrang|simplify|collect|subtract|add|squar|factori[sz]|expand|cancell?|solv)"
    r"(?:e|ed|ing|es)?"
)
_AND_SO_ON = (
    r"(?:[,\s]*(?:we|one|it|this|that|得到?|可得|有|gives?|yields?|gets?|obtains?|finds?|have|has|follows|us|implies|"
    r"leads to|results in|at|for|when|after))*\W*$"
)
_OBJECT = r"(?:[^.;:#]|\b(?:by|with|of|from|over|to|out|for|in|into|and|than) #)*?"
_OUTCOME = (
    rf"(?:(?:we|one|it|this|you)\s+(?:\w+\s+){{0,2}})?"
    rf"(?:{_GIVES}|have|has|see|arrives? at|becomes|implies)(?: that| us| at)?"
)
"""`Squaring both sides we find`, `inserting this into # gives`: work on the other, and what comes of it."""


def _words(pattern: str, *, ahead: bool | None = None, lead: str = "") -> Callable[[Beside], bool]:
    between = regex(pattern, re.IGNORECASE)
    before = regex(lead, re.IGNORECASE)

    def test(b: Beside) -> bool:
        if ahead is not None and b.ahead is not ahead:
            return False
        return bool(between.search(b.between)) and bool(before.search(b.lead))

    return test


def _when(says: Says, *tests: Callable[[Beside], bool]) -> Callable[[Beside], Says | None]:
    def answer(b: Beside) -> Says | None:
        if denied(b):
            return None
        return says if any(test(b) for test in tests) else None

    return answer


_SET_TO_ZERO = (
    r"^[^#]*\b(?:set(?:s|ting)?|equat(?:e|ing)|put(?:ting)?|requir(?:e|ing))\b"
    r"(?:[^.;:#]|\b(?:derivatives?|gradient|slope|partials?) #)*?\b(?:to|equals?|be) (?:zero\b|0)[^.#]*"
    r"(?:\b(?:for|to) #[^.#]*)?$"
)
"""What is set to zero has no name, or that of a derivative: `setting $y$ to $0$` gives a letter a value."""

WORDS: tuple[Rule[Beside, Says], ...] = (
    Rule(
        "solving/vanishes",
        "what the other gives, or its derivative, is set to zero, and it is what comes out",
        _when(Says.VANISHES, _words(_SET_TO_ZERO, ahead=False)),
    ),
    Rule(
        "solving/inverse",
        "it is called the inverse of the other",
        _when(
            Says.INVERTS,
            _words(r"\binvers(?:e|es|ion)\b|\bsolv(?:e|ed|ing) (?:this |it )?for\b", ahead=False),
        ),
    ),
    Rule(
        "solving/solution",
        "it is called a solution of the other",
        _when(
            Says.SOLVES,
            _words(rf"\b{_SOLUTION}\b[^.#]*$", ahead=False),
            # "The solution of # with # is #"
            _words(
                r"^\W*(?:(?:with|for|subject to|satisfying|where|when|under|that satisfies)\b[^.;]*)?"
                r"\b(?:is|are|reads|given by|then)\W*$",
                ahead=False,
                lead=rf"\b{_SOLUTION} (?:of|to)(?: [^.#]*)?$",
            ),
            _words(
                rf"^\W*(?:(?:is|are|gives?)\W+(?:\w+\W+){{0,3}}?{_SOLUTION}\b|(?:it )?solves\b"
                r"|satisf(?:y|ies)\b)"
                r"(?:\W+\w+){0,4}\W*$",
                ahead=True,
            ),
        ),
    ),
    Rule(
        "solving/solved",
        "the other is solved, and it is what comes out",
        _when(
            Says.SOLVES,
            _words(
                r"^\W*(?:(?:for|with respect to) #\W*)?(?:,?\s*(?:we|one|this|it|you))?\s*(?:then )?"
                rf"{_GIVES}(?: that| us)?\W*$",
                ahead=False,
                lead=r"\bsolv(?:e|ing)\b[^.#]*$",
            ),
            _words(rf"^\W*{_OUTCOME}\W*$", ahead=False, lead=r"\b(?:setting|equating|putting)\b[^.#]*$"),
            _words(
                r"\b(?:we|and) solve\b[^.#]*$|\bsolving\b[^.#]*$|\bsolves? to\b\W*$"
                r"|\bsolved (?:for #[^.#]*|to (?:give|get|yield|obtain|find)\b[^.#]*)$",
                ahead=False,
            ),
        ),
    ),
    Rule(
        "solving/follows",
        "the words draw it from the other",
        _when(
            Says.FOLLOWS,
            _words(
                rf"^\W*(?:and\s+|or\s+|from which\s+|we\s+)?{_DRAWN}{_AND_SO_ON}",
                ahead=False,
            ),
            _words(rf"^\W*(?:and\s+|so\s+|then\s+)*\w+ing{_OBJECT}\W+{_OUTCOME}\W*$", ahead=False),
            _words(
                rf"^\W*(?:and\s+)?(?:the|its|this|that|our)\s(?:[^.;:#]){{0,40}}\b(?:{_GIVES}|{_BECOMES})\W*$",
                ahead=False,
            ),
            # the last of some sentences that work on the other: "We rearrange it for p. Thus we obtain:"
            _words(
                rf"^[^:;]*\b{_WORKED}\b[^:;]*[.]\s+(?:hence|thus|therefore|then|so){_AND_SO_ON}", ahead=False
            ),
        ),
    ),
)


_COMES_OUT = regex(
    rf"^[^#.;]*\b(?:{_OUTCOME}|{_BECOMES}|{_GIVES}|(?:which|this|it|that) {_BECOMES})\W*$", re.IGNORECASE
)


def comes_out(beside: Beside) -> bool:
    """Whether the words say that a line is what becomes of another: `we get`, `the equation becomes`."""
    return _COMES_OUT.search(beside.between) is not None


def denied(beside: Beside) -> bool:
    """Whether the words call it something else: denied, tried, supposed, approximate."""
    return bool(_NEGATED.search(beside.between) or _SUPPOSED.search(beside.lead))


def said_of(beside: Beside) -> Answer[Says] | None:
    """What the words say of a claim and an equation beside it; None where they say nothing."""
    return first(WORDS, beside)
